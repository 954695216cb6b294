package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.Meaning;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.ScriptedWebSocket;
import io.quarkiverse.llm.scripted.Transport;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/**
 * Conversations over WebSockets, and what was sent of each turn beside what would have been sent over server-sent events. Knows
 * which turns a connection must be able to go on from.
 */
final class ScriptedConversation implements AutoCloseable {

    /** What the application changes of a conversation before it adds to it. */
    enum Change {
        NONE,
        /** It goes on from an earlier turn. */
        BRANCH,
        OTHER_TEXT,
        DROP_FIRST,
        OTHER_INSTRUCTIONS,
        OTHER_TOOLS,
        OTHER_MODEL,
        OTHER_STORE
    }

    /** What happens to a turn. */
    enum Mishap {
        NONE,
        /** The server fails with it once, and the application asks again. */
        FAILS,
        /** The connection goes before an answer comes; of a turn that goes on nobody must see that. */
        CUT,
        /** After it the server has forgotten what it has not stored. */
        FORGOTTEN,
        /** After it the connection has reached its age. */
        TOO_OLD,
        /** After it the server closes the connection. */
        CLOSED,
        /** Likewise, without a word. */
        DROPPED
    }

    /**
     * @param answer {@code reasoning}, {@code text} or {@code call}
     * @param pick of the earlier turns
     */
    record Step(Change change, Mishap mishap, List<String> answer, int pick) {
    }

    private record Told(LlmRequest request, LlmResponse response) {

        LlmRequest next() {
            return request.toBuilder().append(response).build();
        }

        /** How many items of this one a server knows that has told this; 0 when it is another conversation. */
        int knownOf(LlmRequest later) {
            List<Item> items = next().input();
            boolean same = settings(request).equals(settings(later)) && items.size() < later.input().size()
                    && later.input().subList(0, items.size()).equals(items);
            return same ? items.size() : 0;
        }

        private static List<Object> settings(LlmRequest request) {
            return List.of(request.model(), request.instructions(), request.tools(), request.store());
        }
    }

    private final ScriptedServer server;
    private final boolean oneConnection;
    private final List<Transports> transports = new ArrayList<>();
    private final WireProvider overWebSocket;
    private final WireProvider overSse;
    private final LlmRequest first;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Told> told = new ArrayList<>();
    /** From each of them some connection can go on. */
    private final Set<Told> held = new HashSet<>();

    ScriptedConversation(ScriptedServer server, Vertx vertx, boolean stored, int connections) {
        this.server = server;
        this.oneConnection = connections == 1;
        this.overWebSocket = provider(vertx, StreamTransport.WEBSOCKET, connections);
        this.overSse = provider(vertx, StreamTransport.SSE, connections);
        this.first = LlmRequest.builder().instructions("Be brief").tool(Tool.function("weather", "Tells the weather"))
                .store(stored).build();
        server.respond(request -> request.transport() == Transport.HTTP ? Answer.text("a") : answers.remove());
    }

    private WireProvider provider(Vertx vertx, StreamTransport transport, int connections) {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES).transport(transport)
                .webSocket(sockets -> sockets.withMaxConnections(connections)).build();
        Transports both = OverWebSocket.transports(settings, vertx);
        transports.add(both);
        return new WireProvider(settings, new ResponsesCodec(settings), both, vertx);
    }

    void go(Step step) {
        Optional<Told> base = told.isEmpty() ? Optional.empty()
                : Optional.of(told.get(step.change() == Change.BRANCH ? step.pick() % told.size() : told.size() - 1));
        LlmRequest request = changed(base.map(Told::next).orElse(first), step.change()).toBuilder().items(added(base, step))
                .build();
        Optional<Told> known = held.stream().filter(state -> state.knownOf(request) > 0)
                .max(Comparator.comparingInt(state -> state.knownOf(request)));

        ask(overSse, request);
        RecordedRequest whole = last();
        if (step.mishap() == Mishap.FAILS) {
            answers.add(Answer.error(500, "not now"));
            assertThatExceptionOfType(LlmServerException.class).isThrownBy(() -> ask(overWebSocket, request));
        } else if (step.mishap() == Mishap.CUT && known.isPresent()) {
            answers.add(Answer.empty().with(Fault.dropBeforeHead()));
        }
        boolean lost = step.mishap() == Mishap.FAILS || step.mishap() == Mishap.CUT;

        int requests = server.requests().size();
        answers.add(answer(step));
        LlmResponse response = ask(overWebSocket, request);
        assertThat(answers).isEmpty();
        assertThat(response.toolCalls()).hasSameSizeAs(step.answer().stream().filter("call"::equals).toList());
        List<RecordedRequest> sent = server.requests().subList(requests, server.requests().size());
        check(sent, whole, step);
        if (known.isPresent() && !lost) {
            checkOnlyNew(sent, known.get(), request, step);
        } else {
            assertThat(last().previousResponseId()).as("%s", step).isEmpty();
        }

        Told now = new Told(request, response);
        told.add(now);
        if (oneConnection) {
            held.clear();
        }
        known.ifPresent(held::remove);
        if (isHeldAfter(step.mishap(), request)) {
            held.add(now);
        }
        if (step.mishap() == Mishap.DROPPED) {
            server.webSockets().stream().filter(socket -> socket.connection() == last().connection())
                    .forEach(ScriptedWebSocket::drop);
        }
    }

    private static LlmResponse ask(WireProvider provider, LlmRequest request) {
        return provider.complete(request).await().atMost(WireFixture.AT_MOST);
    }

    private RecordedRequest last() {
        return server.requests().get(server.requests().size() - 1);
    }

    private static boolean isHeldAfter(Mishap mishap, LlmRequest request) {
        return switch (mishap) {
            case NONE, FAILS, CUT -> true;
            case FORGOTTEN -> request.store().orElse(true);
            case TOO_OLD, CLOSED, DROPPED -> false;
        };
    }

    private static LlmRequest changed(LlmRequest request, Change change) {
        LlmRequest.Builder builder = request.toBuilder();
        List<Item> items = request.input();
        return switch (change) {
            case NONE, BRANCH -> request;
            case OTHER_TEXT -> builder.input(items.stream().map(item -> item instanceof Message message
                    ? Message.of(message.role(), message.text() + "x")
                    : item).toList()).build();
            case DROP_FIRST -> builder.input(items.subList(Math.min(1, items.size()), items.size())).build();
            case OTHER_INSTRUCTIONS -> builder.instructions(request.instructions().orElse("") + "!").build();
            case OTHER_TOOLS -> builder.tool(Tool.function("f" + request.tools().size(), "F")).build();
            case OTHER_MODEL -> builder.model(request.model().orElse("m") + "x").build();
            case OTHER_STORE -> builder.store(!request.store().orElse(true)).build();
        };
    }

    private List<Item> added(Optional<Told> base, Step step) {
        List<Item> added = new ArrayList<>();
        base.ifPresent(turn -> turn.response().toolCalls()
                .forEach(call -> added.add(ToolOutput.of(call.callId(), "cloudy " + told.size()))));
        if (added.isEmpty() || step.pick() % 3 == 0) {
            added.add(Message.user("Question " + told.size()));
        }
        return added;
    }

    /** Nothing in it is as in another one. */
    private Answer answer(Step step) {
        Answer answer = Answer.empty();
        for (int i = 0; i < step.answer().size(); i++) {
            String place = told.size() + "_" + i;
            answer = switch (step.answer().get(i)) {
                case "reasoning" -> answer.thenReasoning("Hm ", place);
                case "text" -> answer.thenText("So ", place);
                default -> answer.thenToolCall("call_" + place, "weather", "{\"city\":", "\"Oslo\"}");
            };
        }
        return switch (step.mishap()) {
            case FORGOTTEN -> answer.with(WebSocketFault.STATE_FORGOTTEN);
            case TOO_OLD -> answer.with(WebSocketFault.CONNECTION_LIMIT);
            case CLOSED -> answer.with(Fault.closeAtEnd(1001));
            case NONE, FAILS, CUT, DROPPED -> answer;
        };
    }

    /** @param whole what was sent over server-sent events */
    private static void check(List<RecordedRequest> sent, RecordedRequest whole, Step step) {
        assertThat(sent).as("%s", step).isNotEmpty().allSatisfy(request -> {
            assertThat(request.transport()).isEqualTo(Transport.WEBSOCKET);
            assertThat(request.json().fieldNames()).doesNotContain("stream", "stream_options", "background");
        });
        RecordedRequest answered = sent.get(sent.size() - 1);
        assertThat(settings(answered)).isEqualTo(settings(whole));
        Meaning known = Meaning.of(answered.effectiveInput());
        assertThat(known.withoutReasoning()).as("%s", step).isEqualTo(Meaning.of(whole.inputItems()).withoutReasoning());
        assertThat(known.reasoning()).as("%s", step).containsAll(Meaning.of(whole.inputItems()).reasoning());
    }

    private static JsonObject settings(RecordedRequest request) {
        JsonObject body = request.json();
        List.of("type", "stream", "input", "previous_response_id").forEach(body::remove);
        return body;
    }

    private static void checkOnlyNew(List<RecordedRequest> sent, Told known, LlmRequest request, Step step) {
        assertThat(sent).as("%s", step).hasSize(1);
        assertThat(sent.get(0).previousResponseId()).as("%s", step).contains(known.response().id());
        assertThat(sent.get(0).inputItems()).as("%s", step).hasSize(request.input().size() - known.knownOf(request));
    }

    @Override
    public void close() {
        transports.forEach(both -> both.close().toCompletionStage().toCompletableFuture().join());
    }
}
