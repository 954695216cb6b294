package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.ReceivedMessage;

/** Messages between two threads. */
class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();
    private final List<String> taken = new ArrayList<>();

    private static ReceivedMessage message(String id) {
        MessageMapper mapper = new Pool().mapper;
        return mapper.received(mapper.write(Pool.EVENTS, new LlmMessage.Event(MessageHeaders.of(id).withSequence(0),
                Pool.text("a")))).orElseThrow();
    }

    private void take(ReceivedMessage message) {
        taken.add(message.correlationId().orElseThrow());
        if (taken.size() == 1) {
            throw new IllegalStateException("the first");
        }
    }

    @Test
    void whoAddsTheFirstMustSeeThatAllAreTaken() {
        assertThat(arrivals.add(message("a"))).isTrue();
        assertThat(arrivals.add(message("b"))).isFalse();
        arrivals.takeAll(message -> taken.add(message.correlationId().orElseThrow()));
        assertThat(taken).containsExactly("a", "b");
        assertThat(arrivals.isEmpty()).isTrue();
    }

    @Test
    void oneThatHasNoPlaceDoesNotKeepOthersFromTheirs() {
        arrivals.add(message("a"));
        arrivals.add(message("b"));
        assertThatThrownBy(() -> arrivals.takeAll(this::take)).hasMessage("the first");
        assertThat(taken).containsExactly("a", "b");
        assertThat(arrivals.add(message("c"))).isTrue();
        arrivals.takeAll(this::take);
        assertThat(taken).containsExactly("a", "b", "c");
    }
}
