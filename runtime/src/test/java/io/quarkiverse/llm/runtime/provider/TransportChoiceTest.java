package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.KnownCapabilities;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;

/** When a request travels over a WebSocket. */
class TransportChoiceTest {

    private static final LlmRequest REQUEST = LlmRequest.of("Hi");

    private final AtomicLong now = new AtomicLong(-1);

    private static ProviderSettings settings(StreamTransport transport, Support support) {
        return TestSettings.of("http://localhost:8080").transport(transport)
                .capabilities(KnownCapabilities.of(Map.of(Capability.WEBSOCKET, support), Source.CONFIGURED)).build();
    }

    private TransportChoice choice(ProviderSettings settings) {
        return new TransportChoice(settings, true, now::get);
    }

    private static boolean isWebSocket(TransportChoice choice, ProviderSettings settings) {
        return choice.webSocket(new ResponsesCodec(settings), REQUEST).isPresent();
    }

    @ParameterizedTest
    @CsvSource({ "AUTO, YES, true", "AUTO, NO, false", "AUTO, UNKNOWN, false", "SSE, YES, false", "WEBSOCKET, NO, true",
            "WEBSOCKET, UNKNOWN, true" })
    void autoTakesItWhereTheServerIsKnownToHaveIt(StreamTransport transport, Support support, boolean taken) {
        ProviderSettings settings = settings(transport, support);

        assertThat(isWebSocket(choice(settings), settings)).isEqualTo(taken);
    }

    @Test
    void chatCompletionsDoNotTravelOverIt() {
        ProviderSettings settings = settings(StreamTransport.AUTO, Support.YES);

        assertThat(choice(settings).webSocket(new ChatCodec(settings), REQUEST)).isEmpty();
    }

    @Test
    void aFailureCountsForFiveMinutesAndIsNewsOnce() {
        ProviderSettings settings = settings(StreamTransport.AUTO, Support.YES);
        TransportChoice choice = choice(settings);

        assertThat(choice.failed(now.get())).isTrue();
        assertThat(choice.failed(now.get())).isFalse();
        now.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(isWebSocket(choice, settings)).isFalse();
        now.incrementAndGet();
        assertThat(isWebSocket(choice, settings)).isTrue();
        assertThat(choice.failed(now.get())).as("news again").isTrue();
    }

    @Test
    void aFailureDoesNotCountWhereNothingElseIsAllowed() {
        ProviderSettings settings = settings(StreamTransport.WEBSOCKET, Support.YES);
        TransportChoice choice = choice(settings);
        choice.failed(now.get());

        assertThat(isWebSocket(choice, settings)).isTrue();
    }

    @RepeatedTest(20)
    void whatFailsOnTwoThreadsAtATimeIsNewsOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        TransportChoice choice = new TransportChoice(settings(StreamTransport.AUTO, Support.YES), true, () -> {
            await(both);
            return 0;
        });
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> choice.failed(0));
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> choice.failed(0));

        assertThat(List.of(one.get(10, TimeUnit.SECONDS), other.get(10, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder(true, false);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAnswerToWhatBeganBeforeTheFailureSaysNothingAgainstIt() {
        ProviderSettings settings = settings(StreamTransport.AUTO, Support.YES);
        TransportChoice choice = choice(settings);
        long begun = now.get();
        now.incrementAndGet();
        choice.failed(now.get());

        choice.answered(begun);
        assertThat(isWebSocket(choice, settings)).isFalse();

        choice.answered(now.incrementAndGet());
        assertThat(isWebSocket(choice, settings)).isTrue();
    }

    @Test
    void aFailureIsNoneAnyMoreWhereALaterRequestWasAnsweredMeanwhile() {
        ProviderSettings settings = settings(StreamTransport.AUTO, Support.YES);
        TransportChoice choice = choice(settings);
        long failedAt = now.get();
        choice.answered(now.incrementAndGet());
        now.incrementAndGet();

        assertThat(choice.failed(failedAt)).isFalse();
        assertThat(isWebSocket(choice, settings)).isTrue();
    }

    @Test
    void ofTwoFailuresTheLaterOneCounts() {
        ProviderSettings settings = settings(StreamTransport.AUTO, Support.YES);
        TransportChoice choice = choice(settings);
        long earlier = now.get();
        choice.failed(now.addAndGet(2));
        choice.failed(earlier);

        choice.answered(earlier + 1);

        assertThat(isWebSocket(choice, settings)).isFalse();
    }
}
