package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.InstructionsRole;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningReplay;
import io.quarkiverse.llm.runtime.config.preset.ToolCallIds;
import io.quarkiverse.llm.runtime.json.ItemWriter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What a server knows of a conversation together with what a continuing frame adds is what the whole input would have told it:
 * the same messages, calls and outputs in the same order. Of reasoning it knows no less.
 */
class TurnPropertyTest {

    /** What the application does to the history before it adds to it. */
    private enum Edit {
        NONE,
        COPY,
        WITHOUT_IDS,
        DROP_LAST,
        DROP_FIRST,
        SWAP,
        OTHER_TEXT,
        OTHER_INSTRUCTIONS,
        OTHER_TOOLS,
        OTHER_STORE,
        OTHER_FORMAT
    }

    private record Step(Edit edit, List<Item> added, List<Item> output) {
    }

    private static final List<Edit> FAITHFUL = List.of(Edit.NONE, Edit.COPY, Edit.WITHOUT_IDS);

    private static Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", "\n", "", "é😀", "\ud83d");
    }

    private static Arbitrary<String> callIds() {
        return Arbitraries.of("call_1", "call_2", "abcdef123", "c");
    }

    private static <T> Arbitrary<Optional<T>> optional(Arbitrary<T> values) {
        return values.optional();
    }

    private static Arbitrary<Content> parts(Role role) {
        RawJson annotation = RawJson.of("{\"type\":\"url_citation\",\"url\":\"u\"}");
        return Arbitraries.oneOf(texts().map(Content::text), texts().map(Content.Refusal::new),
                role == Role.ASSISTANT
                        ? texts().map(text -> new Content.Text(text, List.of(new Annotation("url_citation", annotation)),
                                Optional.of(RawJson.of("[{}]"))))
                        : texts().map(Content::image));
    }

    private static Arbitrary<Item> messages(Arbitrary<Role> roles, Arbitrary<Optional<ItemStatus>> statuses) {
        return roles.flatMap(role -> Combinators.combine(optional(Arbitraries.of("msg_1", "msg_2")), statuses,
                parts(role).list().ofMaxSize(3), optional(Arbitraries.of("commentary")))
                .as((id, status, content, phase) -> new Message(id, status, role, content, phase)));
    }

    private static Arbitrary<Item> calls(Arbitrary<Optional<ItemStatus>> statuses) {
        return Combinators.combine(optional(Arbitraries.of("fc_1", "fc_2")), statuses, Arbitraries.of(ToolCall.Kind.class),
                Arbitraries.of("f", "g"), callIds(), Arbitraries.of("{}", "{\"a\":1}"))
                .as((id, status, kind, name, callId, arguments) -> new ToolCall(id, status, kind, Optional.empty(), name,
                        callId, arguments));
    }

    private static Arbitrary<Item> reasonings() {
        Arbitrary<List<String>> lines = texts().list().ofMaxSize(1);
        return Combinators.combine(optional(Arbitraries.of("rs_1", "rs_2", "x")), lines, lines,
                optional(Arbitraries.of("gAAA", "")))
                .as((id, summary, content, encrypted) -> new Reasoning(id, Optional.empty(), summary, content, encrypted));
    }

    private static Arbitrary<Item> foreign() {
        return Arbitraries.of("{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}",
                "{\"type\":\"web_search_call\", \"x\":1.50}").map(json -> new OpaqueItem("web_search_call", RawJson.of(json)));
    }

    private static Arbitrary<Item> outputs() {
        return Combinators.combine(Arbitraries.of(ToolCall.Kind.class), callIds(), parts(Role.USER).list().ofMaxSize(2))
                .as((kind, callId, content) -> new ToolOutput(Optional.empty(), Optional.empty(), kind, callId, content));
    }

    private static Arbitrary<Item> added() {
        Arbitrary<Optional<ItemStatus>> statuses = optional(Arbitraries.of(ItemStatus.COMPLETED, ItemStatus.INCOMPLETE));
        return Arbitraries.frequencyOf(
                Tuple.of(4, messages(Arbitraries.of(Role.USER, Role.USER, Role.USER, Role.ASSISTANT), statuses)),
                Tuple.of(1, messages(Arbitraries.of(Role.SYSTEM, Role.DEVELOPER), statuses)),
                Tuple.of(2, calls(statuses)), Tuple.of(4, outputs()), Tuple.of(1, reasonings()), Tuple.of(1, foreign()),
                Tuple.of(1, Arbitraries.of("msg_1", "rs_1").map(ItemReference::new)));
    }

    private static Arbitrary<Item> said() {
        Arbitrary<Optional<ItemStatus>> completed = optional(Arbitraries.of(ItemStatus.COMPLETED));
        return Arbitraries.frequencyOf(Tuple.of(3, messages(Arbitraries.just(Role.ASSISTANT), completed)),
                Tuple.of(3, calls(completed)), Tuple.of(2, reasonings()), Tuple.of(1, foreign()));
    }

    @Provide
    Arbitrary<List<Step>> conversations() {
        return Combinators.combine(
                Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(FAITHFUL)), Tuple.of(1, Arbitraries.of(Edit.class))),
                added().list().ofMinSize(0).ofMaxSize(3), said().list().ofMaxSize(3)).as(Step::new).list().ofMinSize(2)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<ProviderSettings> settings() {
        Arbitrary<Boolean> rarely = Arbitraries.of(true, false, false);
        return Combinators.combine(Arbitraries.of(Preset.OPENAI, Preset.GENERIC, Preset.VLLM), rarely, rarely, rarely,
                Arbitraries.of(InstructionsRole.class), Arbitraries.of(ReasoningReplay.class),
                Arbitraries.of(ToolCallIds.ANY, ToolCallIds.ANY, ToolCallIds.NINE_ALPHANUMERIC))
                .as((preset, merge, join, refusals, role, reasoning, ids) -> Bodies.settings(preset)
                        .quirk(Quirk.MERGE_INSTRUCTIONS, merge).quirk(Quirk.JOIN_TEXTS, join)
                        .quirk(Quirk.REFUSAL_FIELD, refusals).quirk(Quirk.INSTRUCTIONS_ROLE, role)
                        .quirk(Quirk.REASONING_REPLAY, reasoning).quirk(Quirk.TOOL_CALL_IDS, ids)
                        .quirk(Quirk.ONLY_FUNCTIONS, false).capabilities(Preset.OPENAI.capabilities()).build());
    }

    @Property(tries = 1500)
    void theServerKnowsAsMuchAsFromTheWholeInput(@ForAll("conversations") List<Step> steps,
            @ForAll("settings") ProviderSettings settings, @ForAll boolean stored) {
        ResponsesCodec codec = new ResponsesCodec(settings);
        LlmRequest request = LlmRequest.builder().model("m").instructions("i").store(stored).build();
        JsonArray server = new JsonArray();
        Optional<ConversationState> state = Optional.empty();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int before = request.input().size();
            request = edited(request, step.edit(), i).items(step.added()).build();
            Turn turn = codec.turn(request);
            int known = state.map(some -> some.known(turn)).orElse(0);
            if (known > 0) {
                assertThat(known).isEqualTo(before);
                server = continued(server, turn, state.get());
            } else {
                assertThat(state.isPresent() && before > 0 && mustContinue(step, request, settings)).as("%s", step).isFalse();
                server = json(turn.whole()).getJsonArray("input");
            }
            LlmResponse response = LlmResponse.builder().id("resp_" + i).model("m").createdAt(Instant.EPOCH)
                    .items(step.output()).build();
            step.output().stream().map(TurnPropertyTest::told).forEach(server::add);
            state = turn.answered(response);
            request = request.toBuilder().append(response).build();
        }
    }

    /** Nothing speaks against it. */
    private static boolean mustContinue(Step step, LlmRequest request, ProviderSettings settings) {
        return FAITHFUL.contains(step.edit()) && !settings.quirks().is(Quirk.MERGE_INSTRUCTIONS)
                && step.added().stream().anyMatch(item -> item instanceof Message || item instanceof ToolOutput)
                && request.input().stream().noneMatch(item -> item instanceof ToolCall call
                        && call.status().filter(ItemStatus.INCOMPLETE::equals).isPresent());
    }

    private static JsonArray continued(JsonArray server, Turn turn, ConversationState state) {
        JsonObject frame = json(turn.continuing(state));
        JsonObject whole = json(turn.whole());
        assertThat(frame.remove("previous_response_id")).isEqualTo(state.responseId());
        JsonArray rest = (JsonArray) frame.remove("input");
        JsonArray all = (JsonArray) whole.remove("input");
        assertThat(rest).isNotEmpty();
        assertThat(frame).isEqualTo(whole);
        JsonArray told = server.copy().addAll(rest);
        Meaning known = Meaning.of(told);
        assertThat(known.withoutReasoning()).isEqualTo(Meaning.of(all).withoutReasoning());
        assertThat(known.reasoning()).hasSizeGreaterThanOrEqualTo(Meaning.of(all).reasoning().size());
        return told;
    }

    private static LlmRequest.Builder edited(LlmRequest request, Edit edit, int step) {
        List<Item> items = new ArrayList<>(request.input());
        LlmRequest.Builder builder = LlmRequest.builder().model("m").instructions(request.instructions().orElse(null))
                .tools(request.tools()).store(request.store().orElse(null)).outputFormat(request.outputFormat().orElse(null));
        switch (edit) {
            case NONE -> {
            }
            case COPY -> items.replaceAll(item -> copy(item, false));
            case WITHOUT_IDS -> items.replaceAll(item -> copy(item, true));
            case DROP_LAST -> {
                if (!items.isEmpty()) {
                    items.remove(items.size() - 1);
                }
            }
            case DROP_FIRST -> {
                if (!items.isEmpty()) {
                    items.remove(0);
                }
            }
            case SWAP -> {
                if (items.size() > 1) {
                    Collections.swap(items, 0, items.size() - 1);
                }
            }
            case OTHER_TEXT -> items.replaceAll(item -> item instanceof Message message
                    ? Message.of(message.role(), message.text() + "x")
                    : item);
            case OTHER_INSTRUCTIONS -> builder.instructions("i" + step);
            case OTHER_TOOLS -> builder.tool(Tool.function("f" + step, "F"));
            case OTHER_STORE -> builder.store(!request.store().orElse(true));
            case OTHER_FORMAT -> builder.outputFormat(OutputFormat.JSON);
        }
        return builder.items(items);
    }

    private static Item copy(Item item, boolean bare) {
        if (item instanceof Message message) {
            return new Message(message.id().filter(id -> !bare), message.status().filter(status -> !bare), message.role(),
                    new ArrayList<>(message.content()), message.phase());
        } else if (item instanceof ToolCall call) {
            return new ToolCall(call.id().filter(id -> !bare),
                    call.status().filter(status -> !bare || status == ItemStatus.INCOMPLETE), call.kind(), call.namespace(),
                    call.name(), call.callId(), call.arguments());
        } else if (item instanceof ToolOutput output) {
            return new ToolOutput(output.id(), output.status(), output.kind(), output.callId(), output.content());
        } else if (item instanceof Reasoning reasoning) {
            return new Reasoning(reasoning.id(), reasoning.status(), reasoning.summary(), reasoning.content(),
                    reasoning.encryptedContent());
        }
        return item;
    }

    private static JsonObject json(byte[] frame) {
        return new JsonObject(new String(frame, StandardCharsets.UTF_8));
    }

    /** An item of its output as the server has it. */
    private static JsonObject told(Item item) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            ItemWriter.write(json, item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JsonObject(text.toString());
    }
}
