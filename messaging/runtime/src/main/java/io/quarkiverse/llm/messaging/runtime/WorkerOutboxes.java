package io.quarkiverse.llm.messaging.runtime;

import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.DEAD_LETTERS;
import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.EVENTS;
import static io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd.Content.RESPONSES;

import java.util.function.Predicate;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelOutbox;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;
import io.quarkiverse.llm.messaging.runtime.channel.UnreadOutbox;
import io.quarkiverse.llm.messaging.runtime.worker.Worker;
import io.smallrye.reactive.messaging.ChannelRegistry;

/**
 * Where the messages of a worker leave.
 *
 * @param unread whether nobody takes anything from this end of a channel
 */
record WorkerOutboxes(String name, ChannelRegistry registry, MessageMapper mapper, Predicate<ChannelEnd> unread) {

    /** Puts their channels in place. */
    Worker.Outboxes register() {
        return new Worker.Outboxes(outbox(EVENTS), outbox(RESPONSES), outbox(DEAD_LETTERS));
    }

    private Outbox outbox(ChannelEnd.Content content) {
        ChannelEnd end = new ChannelEnd(name, content, false);
        if (unread.test(end)) {
            return new UnreadOutbox(end.channel());
        }
        ChannelOutbox outbox = new ChannelOutbox(end.channel(), mapper);
        registry.register(end.channel(), outbox, false);
        return outbox;
    }
}
