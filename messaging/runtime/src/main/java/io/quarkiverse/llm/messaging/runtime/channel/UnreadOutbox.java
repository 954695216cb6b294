package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.LlmMessage;

/** An outgoing channel that nobody takes anything from. Dead letters leave a line in the log. */
public final class UnreadOutbox implements Outbox {

    private static final Logger LOG = Logger.getLogger(UnreadOutbox.class);

    private final String channel;

    public UnreadOutbox(String channel) {
        this.channel = channel;
    }

    @Override
    public Withdrawal send(LlmMessage message, Consumer<Throwable> written) {
        if (message instanceof LlmMessage.DeadLetter letter) {
            LOG.warnf("Nobody reads the channel %s, so the request %s is dropped: %s. "
                    + "Set %s to keep such requests.", channel, letter.headers().correlationId(),
                    letter.reason(), ChannelEnd.key("outgoing", channel, "connector"));
        }
        written.accept(null);
        return Withdrawal.TOO_LATE;
    }
}
