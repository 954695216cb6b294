package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.Transport;
import io.quarkiverse.llm.scripted.WebSocketMode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

/** A server says over a WebSocket that it does not have the Responses API: Chat Completions go over HTTP. */
@Timeout(60)
class AutomaticWireApiOverWebSocketTest {

    private static final LlmRequest REQUEST = LlmRequest.of("Hi");
    private static final String RESPONSES = "/v1/responses";
    private static final String CHAT = "/v1/chat/completions";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private WireProvider provider() {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).preset(Preset.OPENAI).api(WireApi.AUTO)
                .capabilities(KnownCapabilities.of(
                        Map.of(Capability.WEBSOCKET, Support.YES, Capability.RESPONSES_API, Support.YES), Source.CONFIGURED))
                .build();
        return new WireProvider(settings, List.of(new ChatCodec(settings), new ResponsesCodec(settings)),
                OverWebSocket.transports(settings, vertx), vertx, List::of);
    }

    static Stream<Named<Answer>> answersOfAServerWithoutIt() {
        return Stream.of(
                Named.of("OpenAI, of a model", Answer.error(404, new JsonObject().put("error", new JsonObject()
                        .put("message", "This model is only supported in v1/chat/completions and not in v1/responses.")
                        .put("type", "invalid_request_error").put("param", "model")))),
                Named.of("LM Studio", Answer.sse("data: {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\","
                        + "\"message\":\"Unexpected endpoint or method. (POST /v1/responses)\"}}\n\n")));
    }

    private void answer(Answer toResponses) {
        server.respond(request -> request.path().equals(RESPONSES) ? toResponses : Answer.text("a", "b"));
    }

    private void assertAskedOnceOverEach() {
        assertThat(server.requests()).extracting(RecordedRequest::path).containsExactly(RESPONSES, CHAT);
        assertThat(server.requests()).extracting(RecordedRequest::transport).containsExactly(Transport.WEBSOCKET,
                Transport.HTTP);
        assertThat(server.upgrades()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("answersOfAServerWithoutIt")
    void aWholeAnswerIsAskedForOverTheOther(Answer missing) {
        answer(missing);
        assertThat(provider().complete(REQUEST).await().atMost(Duration.ofSeconds(20)).text()).isEqualTo("ab");
        assertAskedOnceOverEach();
    }

    @ParameterizedTest
    @MethodSource("answersOfAServerWithoutIt")
    void aStreamIsAskedForOverTheOther(Answer missing) {
        answer(missing);
        List<LlmEvent> events = provider().stream(REQUEST).collect().asList().await().atMost(Duration.ofSeconds(20));
        assertThat(WireFixture.texts(events)).containsExactly("a", "b");
        assertAskedOnceOverEach();
    }

    @ParameterizedTest
    @MethodSource("answersOfAServerWithoutIt")
    void whatWasFoundIsOfTheWireApiAndNotOfWebSockets(Answer missing) {
        answer(missing);
        WireProvider provider = provider();
        provider.complete(REQUEST).await().atMost(Duration.ofSeconds(20));
        provider.complete(REQUEST).await().atMost(Duration.ofSeconds(20));

        assertThat(server.requests()).extracting(RecordedRequest::path).containsExactly(RESPONSES, CHAT, CHAT);
        assertThat(provider.transportChoice().failed(System.nanoTime())).as("the first failure of a WebSocket").isTrue();
    }

    @Test
    void aRefusedUpgradeSaysNothingOfWebSocketsWhereTheWireApiIsMissing() {
        server.webSocket(WebSocketMode.refused(404));
        answer(Answer.error(404, "Not Found"));
        WireProvider provider = provider();

        assertThat(provider.complete(REQUEST).await().atMost(Duration.ofSeconds(20)).text()).isEqualTo("ab");

        assertThat(server.requests()).extracting(RecordedRequest::path).containsExactly(RESPONSES, CHAT);
        assertThat(provider.transportChoice().failed(System.nanoTime())).as("the first failure of a WebSocket").isTrue();
    }
}
