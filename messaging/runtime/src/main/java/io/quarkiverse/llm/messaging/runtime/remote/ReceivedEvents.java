package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Reads the channel of events for all answers of this process. It never waits for a subscriber, and acknowledges each message
 * at once.
 */
final class ReceivedEvents implements Flow.Subscriber<Message<?>> {

    private static final Logger LOG = Logger.getLogger(ReceivedEvents.class.getPackageName());

    private final String channel;
    private final OpenAnswers answers;
    private final RemoteFailures failures;

    ReceivedEvents(String channel, OpenAnswers answers, RemoteFailures failures) {
        this.channel = channel;
        this.answers = answers;
        this.failures = failures;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Message<?> message) {
        try {
            answers.route(message);
        } catch (RuntimeException e) {
            LOG.warnf("A message of the channel %s is dropped, since it cannot be read: %s", channel, e.getMessage());
            LOG.debug("Why it cannot be read", e);
        }
        acknowledge(message);
    }

    private void acknowledge(Message<?> message) {
        try {
            CompletionStage<Void> done = message.ack();
            done.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    notAcknowledged(failure);
                }
            });
        } catch (RuntimeException e) {
            notAcknowledged(e);
        }
    }

    private void notAcknowledged(Throwable failure) {
        LOG.debugf(failure, "A message of the channel %s could not be acknowledged", channel);
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf("The channel %s has failed, so that no answer comes any more: %s", channel, failure);
        LOG.debug("Why the channel has failed", failure);
        answers.close(() -> failures.closed(failure));
    }

    @Override
    public void onComplete() {
        answers.close(() -> failures.closed(null));
    }
}
