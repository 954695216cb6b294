package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.Transport;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.quarkiverse.llm.scripted.WebSocketMode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

/** Requests that meet more than one connection on which they cannot be answered. */
@Timeout(60)
class SecondChancesTest {

    private static final Duration LIMIT = Duration.ofMillis(1500);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private WireProvider provider(StreamTransport transport) {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES).transport(transport)
                .capabilities(OverWebSocket.HAS_WEBSOCKETS).webSocket(limits -> limits.withMaxConnections(2)).build();
        return new WireProvider(settings, new ResponsesCodec(settings), OverWebSocket.transports(settings, vertx), vertx);
    }

    private static CompletableFuture<LlmResponse> ask(WireProvider provider, String text) {
        return provider.complete(LlmRequest.of(text)).ifNoItem().after(Duration.ofSeconds(20)).fail()
                .subscribeAsCompletionStage();
    }

    @Test
    void afterAConnectionThatIsGoneOneThatIsTooOldIsReplaced() {
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        CompletableFuture<Void> firstReleased = new CompletableFuture<>();
        CompletableFuture<Void> secondReleased = new CompletableFuture<>();
        // what is cut is not gone on from: any request may have the connection
        server.enqueue(
                Answer.text("1").finishReason("length").pauseUntil(firstReleased).with(WebSocketFault.CONNECTION_LIMIT),
                Answer.text("2").finishReason("length").pauseUntil(secondReleased));
        CompletableFuture<LlmResponse> first = ask(provider, "one");
        server.takeRequest();
        CompletableFuture<LlmResponse> second = ask(provider, "two");
        server.takeRequest();
        firstReleased.complete(null);
        first.join();
        secondReleased.complete(null);
        second.join();

        server.enqueue(Answer.text("3").with(Fault.dropBeforeHead()), Answer.text("4"));

        assertThat(ask(provider, "three").join().text()).isEqualTo("4");
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void whereEachConnectionIsTooOldHttpAnswers() {
        server.webSocket(WebSocketMode.accepted().mostRequests(0)).enqueue(Answer.text("1"));

        assertThat(ask(provider(StreamTransport.AUTO), "one").join().text()).isEqualTo("1");
        assertThat(server.requests()).extracting(request -> request.transport()).containsExactly(Transport.WEBSOCKET,
                Transport.WEBSOCKET, Transport.HTTP);
    }

    @Test
    void andWhereThereIsNoHttpTheRequestFailsInTheEnd() {
        server.webSocket(WebSocketMode.accepted().mostRequests(0));

        assertThatExceptionOfType(LlmException.class).isThrownBy(() -> provider(StreamTransport.WEBSOCKET)
                .complete(LlmRequest.of("one")).await().atMost(Duration.ofSeconds(20))).withMessageContaining("limit reached");
    }

    @ParameterizedTest
    @ValueSource(strings = { "previous_response_not_found", "websocket_connection_limit_reached" })
    void whatARefusedUpgradeSaysIsTheFailure(String code) {
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"), Answer.text("2").with(Fault.dropBeforeHead()));
        LlmRequest first = LlmRequest.of("one");
        LlmResponse one = provider.complete(first).await().atMost(Duration.ofSeconds(20));
        server.webSocket(WebSocketMode.refused(Answer.error(400,
                new JsonObject().put("error", new JsonObject().put("message", "Not now").put("code", code)))));

        assertThatExceptionOfType(LlmException.class)
                .isThrownBy(() -> provider.complete(first.toBuilder().append(one).user("two").build()).await()
                        .atMost(Duration.ofSeconds(20)))
                .satisfies(failure -> assertThat(failure.httpStatus()).hasValue(400));
    }

    @Test
    void theTimeLimitIsOneForAllConnections() {
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"));
        LlmRequest first = LlmRequest.of("one");
        LlmResponse one = provider.complete(first).await().atMost(Duration.ofSeconds(20));
        server.enqueue(Answer.text("2").with(Fault.stallBeforeHead()), Answer.text("2").with(Fault.stallBeforeHead()));
        vertx.setTimer(1000, now -> server.webSockets().get(0).drop());
        long begun = System.nanoTime();

        assertThatExceptionOfType(LlmTimeoutException.class)
                .isThrownBy(() -> provider.complete(first.toBuilder().append(one).user("two").timeout(LIMIT).build()).await()
                        .atMost(Duration.ofSeconds(20)))
                .satisfies(failure -> assertThat(failure.limit()).isEqualTo(LlmTimeoutException.Limit.TOTAL));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LIMIT, LIMIT.plusMillis(900));
        assertThat(server.requests()).hasSize(3);
    }
}
