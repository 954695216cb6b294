package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelOutbox;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;

/** The other end of a worker's outgoing channel: acknowledges what it takes, refuses what it is told to, or leaves it open. */
final class WrittenMessages {

    private final MessageMapper mapper;
    private final ChannelOutbox outbox;
    private final List<LlmMessage> written = new CopyOnWriteArrayList<>();
    private final List<Message<?>> open = new CopyOnWriteArrayList<>();
    private volatile Function<LlmMessage, Optional<Throwable>> refusal = message -> Optional.empty();
    private volatile boolean holding;

    WrittenMessages(String channel, MessageMapper mapper) {
        this.mapper = mapper;
        outbox = new ChannelOutbox(channel, mapper);
        outbox.subscribe().with(this::take);
    }

    ChannelOutbox outbox() {
        return outbox;
    }

    private void take(Message<?> message) {
        LlmMessage read = mapper.read(message);
        Optional<Throwable> refused = refusal.apply(read);
        if (refused.isPresent()) {
            message.nack(refused.get());
            return;
        }
        written.add(read);
        if (holding) {
            open.add(message);
        } else {
            message.ack();
        }
    }

    /** From now on messages stay unacknowledged. */
    void hold() {
        holding = true;
    }

    int held() {
        return open.size();
    }

    /** Acknowledges what is held, and what comes. */
    void letGo() {
        holding = false;
        for (Message<?> message : open) {
            open.remove(message);
            message.ack();
        }
    }

    void refuse(Function<LlmMessage, Optional<Throwable>> newRefusal) {
        refusal = newRefusal;
    }

    List<LlmMessage> all() {
        return List.copyOf(written);
    }

    List<LlmMessage> of(String correlationId) {
        return written.stream().filter(message -> message.headers().correlationId().equals(correlationId)).toList();
    }

    <T extends LlmMessage> List<T> all(Class<T> type) {
        return written.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
