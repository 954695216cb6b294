package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.Transport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Providers that are closed while a request is under way: it has all its chances, and no other begins. */
@Timeout(60)
class ClosedWithinARequestTest {

    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final LlmRequest FIRST = LlmRequest.of("one");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final ScriptedServer server = ScriptedServer.start();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private Transports transports;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private WireProvider provider(StreamTransport transport) {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES).transport(transport)
                .capabilities(OverWebSocket.HAS_WEBSOCKETS).build();
        transports = OverWebSocket.transports(settings, vertx);
        return new WireProvider(settings, new ResponsesCodec(settings), transports, vertx);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(AT_MOST);
    }

    private RecordedRequest nextRequest() {
        return server.takeRequest(AT_MOST);
    }

    private void awaitClosed(Future<Void> closed) {
        Awaitility.await("closed").atMost(AT_MOST).until(closed::succeeded);
        Awaitility.await("no connections").atMost(AT_MOST).until(() -> server.connections().open() == 0);
    }

    private static void assertRefused(Uni<?> answer) {
        assertThatExceptionOfType(LlmTransportException.class).isThrownBy(() -> await(answer))
                .withMessageContaining("Provider 'test': the provider is closed and takes no further requests");
    }

    @Test
    void aTurnWhoseWebSocketGoesIsAnsweredOverAnotherOne() {
        WireProvider provider = provider(StreamTransport.WEBSOCKET);
        server.enqueue(Answer.text("1"), Answer.text("2").with(Fault.stallBeforeHead()),
                Answer.text("2").pauseUntil(released));
        LlmResponse one = await(provider.complete(FIRST));
        CompletableFuture<LlmResponse> two = provider
                .complete(FIRST.toBuilder().append(one).user("two").build()).subscribeAsCompletionStage();
        nextRequest();
        nextRequest();

        Future<Void> closed = transports.close();
        server.webSockets().get(0).close(1001);

        assertThat(nextRequest().transport()).isEqualTo(Transport.WEBSOCKET);
        assertThat(closed.isComplete()).isFalse();
        released.complete(null);
        assertThat(two.join().text()).isEqualTo("2");
        awaitClosed(closed);
        assertRefused(provider.complete(FIRST));
    }

    @Test
    void aTurnWhoseWebSocketGoesIsAnsweredOverHttpWhereThatIsAllowed() {
        WireProvider provider = provider(StreamTransport.AUTO);
        server.enqueue(Answer.text("1").with(Fault.stallBeforeHead()), Answer.text("1").pauseUntil(released));
        CompletableFuture<LlmResponse> one = provider.complete(FIRST).subscribeAsCompletionStage();
        nextRequest();

        Future<Void> closed = transports.close();
        server.webSockets().get(0).close(1001);

        assertThat(nextRequest().transport()).isEqualTo(Transport.HTTP);
        assertThat(closed.isComplete()).isFalse();
        released.complete(null);
        assertThat(one.join().text()).isEqualTo("1");
        awaitClosed(closed);
        assertRefused(provider.complete(FIRST));
    }

    @Test
    void nothingElseBeginsMeanwhile() {
        WireProvider provider = provider(StreamTransport.AUTO);
        server.enqueue(Answer.text("1").pauseUntil(released));
        CompletableFuture<LlmResponse> one = provider.complete(FIRST).subscribeAsCompletionStage();
        nextRequest();

        Future<Void> closed = transports.close();

        assertRefused(provider.complete(FIRST));
        assertRefused(provider.stream(FIRST).collect().asList());
        assertRefused(provider.models());
        assertRefused(provider.inputTokens(FIRST));
        assertRefused(provider.responses().get("resp_1"));
        assertRefused(provider.responses().resume("resp_1", 3).collect().asList());
        assertThat(server.requests()).hasSize(1);
        released.complete(null);
        assertThat(one.join().text()).isEqualTo("1");
        awaitClosed(closed);
    }

    @Test
    void aRequestThatIsOverOrCancelledOrWasNeverBegunHoldsNothing() {
        WireProvider provider = provider(StreamTransport.AUTO);
        server.respond(request -> Answer.text("1").with(Fault.stallAfterEvents(1)));
        provider.models().onFailure().recoverWithNull().await().atMost(AT_MOST);
        AssertSubscriber<Object> running = provider.stream(FIRST).map(Object.class::cast).subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        Awaitility.await("the stream").atMost(AT_MOST).until(() -> server.requests().stream()
                .anyMatch(request -> request.transport() == Transport.WEBSOCKET));
        provider.complete(FIRST).subscribeAsCompletionStage().cancel(true);

        Future<Void> closed = transports.close();
        assertThat(closed.isComplete()).isFalse();
        running.cancel();

        awaitClosed(closed);
    }
}
