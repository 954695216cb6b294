package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.ScriptedWebSocket;
import io.quarkiverse.llm.scripted.Transport;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.quarkiverse.llm.scripted.WebSocketMode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

/** Servers that send over a WebSocket what does not belong there. */
@Timeout(60)
class WebSocketViolationTest {

    private static final LlmRequest REQUEST = LlmRequest.of("Hi");
    private static final JsonObject NOISE = new JsonObject().put("type", "codex.rate_limits").put("plan_type", "pro");
    private static final String DELTA = """
            {"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":"a"%s}""";
    private static final String END = """
            {"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"message","id":"m",
            "role":"assistant","status":"completed","content":[{"type":"output_text","text":"a","annotations":[]}]}]}}"""
            .replace("\n", "");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    /** With one connection, which all requests use that may. */
    private WireProvider provider(StreamTransport transport) {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES).transport(transport)
                .capabilities(OverWebSocket.HAS_WEBSOCKETS).webSocket(limits -> limits.withMaxConnections(1)).build();
        return new WireProvider(settings, new ResponsesCodec(settings), OverWebSocket.transports(settings, vertx), vertx);
    }

    private WireProvider provider() {
        return provider(StreamTransport.WEBSOCKET);
    }

    private static LlmResponse ask(WireProvider provider) {
        return provider.complete(REQUEST).await().atMost(Duration.ofSeconds(20));
    }

    private static LlmDecodeException failure(WireProvider provider) {
        return catchThrowableOfType(LlmDecodeException.class, () -> ask(provider));
    }

    private List<Transport> transports() {
        return server.requests().stream().map(RecordedRequest::transport).toList();
    }

    private ScriptedWebSocket socket(int number) {
        return server.webSockets().get(number);
    }

    private static Answer events(String... events) {
        return Answer.sse("data: " + String.join("\n\ndata: ", events) + "\n\n");
    }

    @Test
    void aGreetingThatSaysNothingOfAnAnswerIsNoReasonToPart() {
        server.webSocket(WebSocketMode.accepted().greeting(NOISE)).respond(request -> Answer.text("Hello"));
        WireProvider provider = provider();

        assertThat(ask(provider).text()).isEqualTo("Hello");
        socket(0).send(NOISE.encode());
        socket(0).ping().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(ask(provider).text()).isEqualTo("Hello");

        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = { "GARBAGE", "BINARY_MESSAGE" })
    void whatIsNoEventFailsTheAnswerAndCostsTheConnectionAlone(WebSocketFault fault) {
        WireProvider provider = provider();
        // in the middle is after two events: the end of the answer is later
        server.enqueue(Answer.text("a", "b").with(fault), Answer.text("c"));

        assertThat(failure(provider)).isNotNull();
        socket(0).awaitClosed();
        assertThat(ask(provider).text()).isEqualTo("c");
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"type\":\"response.output_text.del", "no JSON at all" })
    void whatHadArrivedBeforeWhatIsNoEventIsInTheFailure(String garbage) {
        server.respond(request -> events("{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}", DELTA.formatted(""),
                garbage, END));

        LlmDecodeException failure = failure(provider());

        assertThat(failure.partial().map(LlmResponse::text)).contains("a");
    }

    @ParameterizedTest
    @EnumSource(names = { "GARBAGE", "BINARY_MESSAGE", "STRAY_EVENT_BEFORE" })
    void whereNothingWasHandedOnHttpAnswers(WebSocketFault fault) {
        server.respond(request -> Answer.text("a", "b").with(fault));

        assertThat(ask(provider(StreamTransport.AUTO)).text()).isEqualTo("ab");
        assertThat(transports()).containsExactly(Transport.WEBSOCKET, Transport.HTTP);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"type\":\"response.output_text.delta\",\"delta\":\"x\"}", "{\"type\":\"response.created\"}",
            "garbage" })
    void anEventWhileNoRequestIsUnderWayCostsTheConnectionAlone(String event) {
        WireProvider provider = provider();
        server.respond(request -> Answer.text("a"));
        LlmResponse first = ask(provider);
        socket(0).send(event);
        assertThat(socket(0).awaitClosed()).isEqualTo(1002);

        LlmRequest next = REQUEST.toBuilder().append(first).user("two").build();
        assertThat(provider.complete(next).await().atMost(Duration.ofSeconds(20)).text()).isEqualTo("a");

        assertThat(server.connections().opened()).isEqualTo(2);
        assertThat(server.requests().get(1).previousResponseId()).isEmpty();
        assertThat(server.requests().get(1).json().getJsonArray("input")).hasSize(3);
    }

    @Test
    void anEventOfAnotherAnswerBeforeTheFirstOneOfAConnectionFailsAndIsInNoAnswer() {
        WireProvider provider = provider();
        server.enqueue(Answer.text("a").with(WebSocketFault.STRAY_EVENT_BEFORE), Answer.text("b"));

        LlmDecodeException failure = failure(provider);

        assertThat(failure).hasMessageContaining("another answer");
        assertThat(failure.partial()).isEmpty();
        socket(0).awaitClosed();
        assertThat(ask(provider).text()).isEqualTo("b");
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @Test
    void theEndOfAnotherAnswerBeforeTheFirstOneDoesNotGiveTheConnectionToTheNextRequest() {
        WireProvider provider = provider();
        server.enqueue(events("{\"sequence_number\":9," + END.substring(1)), Answer.text("b"));

        assertThat(failure(provider)).hasMessageContaining("another answer");
        assertThat(ask(provider).text()).isEqualTo("b");
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @Test
    void onAConnectionThatWasUsedTheRequestIsSentAgainOverANewOneAndNothingIsSeen() {
        WireProvider provider = provider();
        server.enqueue(Answer.text("a"), Answer.text("b").with(WebSocketFault.STRAY_EVENT_BEFORE), Answer.text("c"));
        ask(provider);

        List<LlmEvent> events = provider.stream(REQUEST).collect().asList().await().atMost(Duration.ofSeconds(20));

        assertThat(events).filteredOn(LlmEvent.TextDelta.class::isInstance).hasSize(1);
        assertThat(((LlmEvent.ResponseCompleted) events.get(events.size() - 1)).response().text()).isEqualTo("c");
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"type\":\"response.in_progress\",\"response\":{\"id\":\"r\"},\"sequence_number\":1}",
            "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"m\"},"
                    + "\"sequence_number\":2}",
            "{\"type\":\"keepalive\",\"sequence_number\":3}" })
    void anAnswerThatIsNotAnnouncedIsReadAllTheSameAndAgainAndAgain(String beginning) {
        WireProvider provider = provider();
        server.respond(request -> events(beginning, DELTA.formatted(""), END));

        for (int i = 0; i < 3; i++) {
            assertThat(ask(provider).text()).isEqualTo("a");
        }
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ",\"sequence_number\":0", ",\"sequence_number\":1" })
    void anAnswerThatBeginsWithItsTextIsReadAllTheSame(String number) {
        WireProvider provider = provider();
        server.respond(request -> events(DELTA.formatted(number), END));

        assertThat(ask(provider).text()).isEqualTo("a");
        assertThat(ask(provider).text()).isEqualTo("a");
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @Test
    void aSignOfLifeBeforeAnAnswerCostsNoConnection() {
        WireProvider provider = provider();
        server.respond(request -> events("{\"type\":\"codex.rate_limits\"}",
                "{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}", DELTA.formatted(""), END));

        assertThat(ask(provider).text()).isEqualTo("a");
        server.respond(request -> Answer.text("b").with(WebSocketFault.PINGS));
        assertThat(ask(provider).text()).isEqualTo("b");
        server.respond(request -> events("{\"type\":\"keepalive\"}",
                "{\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}", DELTA.formatted(""), END));
        assertThat(ask(provider).text()).isEqualTo("a");
        assertThat(server.connections().opened()).isEqualTo(1);
    }
}
