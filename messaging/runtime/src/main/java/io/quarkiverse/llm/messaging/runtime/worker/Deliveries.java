package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.HeaderMapping.Revocation;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;

/** What connectors are asked and told of the messages that they handed out. One that throws is done without. Thread-safe. */
record Deliveries(MessageMapper mapper) {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    int earlierAttempts(Message<?> message) {
        try {
            return mapper.earlierAttempts(message);
        } catch (RuntimeException e) {
            LOG.warnf("How often a request was begun before is not known: %s", e);
            return 0;
        }
    }

    /**
     * Before the provider is asked, so that a crash of which it is the reason counts.
     *
     * @return whether the request is still for this worker to answer
     */
    boolean begins(Message<?> message) {
        try {
            return mapper.begins(message);
        } catch (RuntimeException e) {
            LOG.warnf("An attempt at a request could not be counted: %s", e);
            return true;
        }
    }

    void whenRevoked(Message<?> message, Consumer<Revocation> told) {
        try {
            mapper.whenRevoked(message, told);
        } catch (RuntimeException e) {
            LOG.warnf("The connector will not say when a request goes to another worker: %s", e);
        }
    }

    void givesBack(Message<?> message) {
        try {
            mapper.givesBack(message);
        } catch (RuntimeException e) {
            LOG.warnf("The connector could not be told that a request is given back: %s", e);
        }
    }

    void unconcluded(Message<?> message) {
        try {
            mapper.unconcluded(message);
        } catch (RuntimeException e) {
            LOG.warnf("The connector could not be told that a request should come again: %s", e);
        }
    }
}
