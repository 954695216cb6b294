package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;

/** Hears all cancels. They are worth little and are acknowledged at once. */
final class CancelIntake implements Flow.Subscriber<Message<?>> {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    private final MessageMapper mapper;
    private final Consumer<String> cancelled;

    /**
     * @param cancelled takes the correlation id; on any thread
     */
    CancelIntake(MessageMapper mapper, Consumer<String> cancelled) {
        this.mapper = mapper;
        this.cancelled = cancelled;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Message<?> message) {
        try {
            LlmMessage read = mapper.read(message);
            if (read instanceof LlmMessage.Cancel) {
                cancelled.accept(read.headers().correlationId());
            } else {
                LOG.warnf("A message on the channel of cancels is no cancel but a %s", read.getClass().getSimpleName());
            }
        } catch (RuntimeException e) {
            LOG.warnf("A message on the channel of cancels cannot be read: %s", e.getMessage());
        }
        Receipts.outcome(message::ack).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("A cancel could not be acknowledged, so that it may come again: %s", failure);
            }
        });
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf("The channel of cancels failed, so that requests are answered though nobody waits any more: %s", failure);
    }

    @Override
    public void onComplete() {
        // requests may still come
    }
}
