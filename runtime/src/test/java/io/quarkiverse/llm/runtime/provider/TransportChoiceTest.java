package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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

        assertThat(choice.failed()).isTrue();
        assertThat(choice.failed()).isFalse();
        now.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(isWebSocket(choice, settings)).isFalse();
        now.incrementAndGet();
        assertThat(isWebSocket(choice, settings)).isTrue();
        assertThat(choice.failed()).as("news again").isTrue();
    }

    @Test
    void aFailureDoesNotCountWhereNothingElseIsAllowed() {
        ProviderSettings settings = settings(StreamTransport.WEBSOCKET, Support.YES);
        TransportChoice choice = choice(settings);
        choice.failed();

        assertThat(isWebSocket(choice, settings)).isTrue();
    }
}
