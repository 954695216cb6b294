package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.quarkiverse.llm.scripted.WebSocketMode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Turns of a conversation over a WebSocket. */
@Timeout(60)
class OverWebSocketTest {

    private static final LlmRequest FIRST = LlmRequest.builder().instructions("Be brief").user("one").build();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private WireProvider provider(StreamTransport transport) {
        TestSettings settings = TestSettings.of(server.baseUrl()).transport(transport)
                .api(transport == StreamTransport.WEBSOCKET ? WireApi.RESPONSES : WireApi.AUTO);
        return provider(transport == StreamTransport.AUTO ? settings.capabilities(known()) : settings);
    }

    /** Which is used again, whatever the event loop. */
    private WireProvider withOneConnection() {
        return provider(TestSettings.of(server.baseUrl()).transport(StreamTransport.WEBSOCKET).api(WireApi.RESPONSES)
                .webSocket(settings -> settings.withMaxConnections(1)));
    }

    private static LlmCapabilities known() {
        return KnownCapabilities.of(Map.of(Capability.WEBSOCKET, LlmCapabilities.Support.YES,
                Capability.RESPONSES_API, LlmCapabilities.Support.YES, Capability.CHAT_COMPLETIONS_API,
                LlmCapabilities.Support.NO), LlmCapabilities.Source.CONFIGURED);
    }

    private WireProvider provider(TestSettings testSettings) {
        ProviderSettings settings = testSettings.build();
        Transports transports = OverWebSocket.transports(settings, vertx);
        return new WireProvider(settings, List.of(new ChatCodec(settings), new ResponsesCodec(settings)), transports, vertx,
                List::of);
    }

    private static LlmResponse ask(WireProvider provider, LlmRequest request) {
        return provider.complete(request).await().atMost(Duration.ofSeconds(20));
    }

    private static LlmRequest next(LlmRequest request, LlmResponse response, String text) {
        return request.toBuilder().append(response).user(text).build();
    }

    @Test
    void anAnswerComesOverAWebSocket() {
        server.enqueue(Answer.text("hel", "lo"));

        assertThat(ask(provider(StreamTransport.WEBSOCKET), FIRST).text()).isEqualTo("hello");

        RecordedRequest request = server.takeRequest();
        assertThat(request.transport().toString()).containsIgnoringCase("websocket");
        assertThat(request.json().containsKey("stream")).isFalse();
        assertThat(request.json().containsKey("background")).isFalse();
    }

    @Test
    void theNextTurnSendsOnlyWhatIsNew() {
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"), Answer.text("2"));
        LlmResponse one = ask(provider, FIRST);
        assertThat(ask(provider, next(FIRST, one, "two")).text()).isEqualTo("2");

        server.takeRequest();
        RecordedRequest second = server.takeRequest();
        assertThat(second.previousResponseId()).contains(one.id());
        assertThat(second.json().getJsonArray("input")).hasSize(1);
        assertThat(second.effectiveInput()).hasSize(3);
        assertThat(server.connections().opened()).isEqualTo(1);
    }

    @Test
    void whereTheServerHasForgottenAllIsSentAgainUnseen() {
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"), Answer.text("2").with(WebSocketFault.STATE_FORGOTTEN), Answer.text("3"));
        LlmRequest first = FIRST.toBuilder().store(false).build();
        LlmResponse one = ask(provider, first);
        LlmRequest second = next(first, one, "two");
        LlmResponse two = ask(provider, second);

        LlmResponse three = ask(provider, next(second, two, "three"));

        assertThat(two.text()).isEqualTo("2");
        assertThat(three.text()).isEqualTo("3");
    }

    @Test
    void whereTheConnectionHasReachedItsLimitAnotherTakesTheRequest() {
        server.webSocket(WebSocketMode.accepted().mostRequests(1));
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"), Answer.text("2"));
        LlmResponse one = ask(provider, FIRST);

        assertThat(ask(provider, next(FIRST, one, "two")).text()).isEqualTo("2");
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @Test
    void moreBytesThanMayWaitFailAtOnceWithTheKey() {
        WireProvider provider = provider(TestSettings.of(server.baseUrl()).transport(StreamTransport.WEBSOCKET)
                .api(WireApi.RESPONSES).webSocket(limits -> limits.withMaxConnections(1).withMaxQueuedBytes(1_000)));
        server.respond(request -> Answer.text("late").pause(Duration.ofSeconds(5)));
        provider.complete(FIRST).subscribe().with(any -> {
        }, failure -> {
        });
        server.takeRequest();

        assertThatExceptionOfType(LlmLimitException.class)
                .isThrownBy(() -> ask(provider, LlmRequest.of("x".repeat(2_000))))
                .withMessageContaining("quarkus.llm.test.websocket.max-queued-bytes");
    }

    @Test
    void aServerThatHasAnsweredOverOneIsKnownToHaveThem() {
        WireProvider told = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"), Answer.text("2"));
        ask(told, FIRST);
        assertThat(told.capabilities().of(Capability.WEBSOCKET).support()).isEqualTo(LlmCapabilities.Support.YES);

        WireProvider automatic = provider(TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES));
        automatic.learnFrom(told);
        ask(automatic, FIRST);

        server.takeRequest();
        assertThat(server.takeRequest().transport().toString()).containsIgnoringCase("websocket");
    }

    @Test
    void aRefusedUpgradeIsFollowedByServerSentEventsWhereThatIsAllowed() {
        server.webSocket(WebSocketMode.refused(426));
        WireProvider provider = provider(StreamTransport.AUTO);
        server.enqueue(Answer.text("1"), Answer.text("2"));

        assertThat(ask(provider, FIRST).text()).isEqualTo("1");
        assertThat(ask(provider, FIRST).text()).isEqualTo("2");

        assertThat(server.upgrades()).as("the second request does not try").hasSize(1);
    }

    @Test
    void aRefusedUpgradeFailsWhereNothingElseIsAllowed() {
        server.webSocket(WebSocketMode.refused(404));

        assertThatExceptionOfType(LlmNotFoundException.class)
                .isThrownBy(() -> ask(provider(StreamTransport.WEBSOCKET), FIRST))
                .withMessageContaining("the request for a WebSocket")
                .withMessageContaining("quarkus.llm.test.transport=sse does without");
    }

    @Test
    void backgroundGoesOverHttp() {
        server.enqueue(Answer.text("1"));

        ask(provider(StreamTransport.AUTO), FIRST.toBuilder().background(true).build());

        assertThat(server.takeRequest().transport().toString()).containsIgnoringCase("http");
        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(
                () -> ask(provider(StreamTransport.WEBSOCKET), FIRST.toBuilder().background(true).build()))
                .withMessageContaining("quarkus.llm.test.transport=websocket");
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop-before-head", "close-after-events:0:1001", "reset-before-head" })
    void whereAUsedConnectionGoesBeforeAnythingCameAnotherTakesTheRequest(String gone) {
        WireProvider provider = withOneConnection();
        server.enqueue(Answer.text("1"), Answer.text("2").with(Fault.named(gone)), Answer.text("3"));
        ask(provider, FIRST);

        assertThat(ask(provider, LlmRequest.of("something else")).text()).isEqualTo("3");
        assertThat(server.connections().opened()).isEqualTo(2);
    }

    @Test
    void aNewConnectionThatGoesIsAFailure() {
        server.enqueue(Answer.text("1").with(Fault.dropBeforeHead()), Answer.text("2"));

        assertThatExceptionOfType(LlmTransportException.class)
                .isThrownBy(() -> ask(provider(StreamTransport.WEBSOCKET), FIRST));
    }

    @Test
    void aConnectionThatGoesWithinTheAnswerIsAFailure() {
        WireProvider provider = withOneConnection();
        server.enqueue(Answer.text("1"), Answer.text("2").with(Fault.dropAfterEvents(2)), Answer.text("3"));
        ask(provider, FIRST);

        assertThatExceptionOfType(LlmTransportException.class)
                .isThrownBy(() -> ask(provider, LlmRequest.of("something else")));
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 401, 402, 403, 408, 413, 429, 500, 503 })
    void anErrorBeforeAnythingElseIsTheSameFailureAsOverHttp(int status) {
        server.respond(request -> Answer.error(status, "no"));

        LlmException overHttp = failure(StreamTransport.SSE);
        LlmException overWebSocket = failure(StreamTransport.WEBSOCKET);

        assertThat(server.upgrades()).hasSize(1);
        assertThat(overWebSocket).hasSameClassAs(overHttp);
        assertThat(overWebSocket.httpStatus()).isEqualTo(overHttp.httpStatus());
        assertThat(overWebSocket.code()).isEqualTo(overHttp.code());
    }

    private LlmException failure(StreamTransport transport) {
        WireProvider provider = provider(
                TestSettings.of(server.baseUrl()).transport(transport).api(WireApi.RESPONSES));
        return catchThrowableOfType(LlmException.class, () -> ask(provider, FIRST));
    }
}
