package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.runtime.channel.Outbox;

/** A request on its way, and how it is taken back. All but {@code written} happens on one context. */
final class SentRequest {

    private static final Logger LOG = Logger.getLogger(SentRequest.class.getPackageName());

    private final RemoteProvider.Outboxes outboxes;
    private final LlmMessage.Request request;
    private Outbox.Withdrawal withdrawal = Outbox.Withdrawal.NEVER_TAKEN;
    /** Workers may have it, and are not done with it. */
    private boolean open;

    SentRequest(RemoteProvider.Outboxes outboxes, LlmMessage.Request request) {
        this.outboxes = outboxes;
        this.request = request;
    }

    String correlationId() {
        return request.headers().correlationId();
    }

    /** How many of others wait already. */
    int waitingBefore() {
        return outboxes.requests().waiting();
    }

    /**
     * @param written called on any thread, once, unless the request is taken back before; see {@link Outbox#send}
     */
    void send(Consumer<Throwable> written) {
        open = true;
        withdrawal = outboxes.requests().send(request, written);
    }

    /** No worker has it any more: there is nothing to take back. */
    void done() {
        open = false;
    }

    /** Takes it back where it still waits, else tells the workers. Nothing the second time, or when it is done. */
    void cancel() {
        if (!open) {
            return;
        }
        open = false;
        if (withdrawal.withdraw()) {
            return;
        }
        outboxes.cancels().send(new LlmMessage.Cancel(request.headers()), failure -> {
            if (failure != null) {
                LOG.warnf("The cancel of request %s could not be written, so its worker goes on: %s", correlationId(), failure);
            }
        });
    }
}
