package io.quarkiverse.llm.messaging;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Gets headers on and off the messages of one connector. A bean of this type serves its connector; for connectors without one
 * the headers travel in the payload, as {@code {"headers":{...},"body":...}}. Kafka has one.
 * <p>
 * Called for each message, from many threads, and must not block.
 */
public interface HeaderMapping {

    /** How a message goes to somebody else. */
    enum Revocation {
        /** As soon as it is concluded or given back: what is not begun may as well be given back now. */
        LEAVING,
        /** It has gone: whatever is still written about it is too late. */
        LOST
    }

    /** The name of the connector, for instance {@code smallrye-kafka}. */
    String connector();

    /**
     * Finds headers by their names.
     *
     * @return gives {@code null} for a header that is not there; empty when the message is not of this connector
     */
    Optional<UnaryOperator<String>> read(Message<?> message);

    /**
     * How many attempts at the request were begun before this message was handed out, by whomever, as far as the connector
     * knows: those that it was told of with {@link #begins}. A request that only waited somewhere has none.
     */
    default int earlierAttempts(Message<?> message) {
        return 0;
    }

    /**
     * An attempt at the request begins now, or an attempt to tell its end; before the provider is asked. A connector that can
     * keep it counts it, so that whoever gets the message next knows.
     *
     * @return whether the message is still for this process to deal with, as far as the connector knows; if not, it is
     *         left alone
     */
    default boolean begins(Message<?> message) {
        return true;
    }

    /**
     * Asks to be told when somebody else shall deal with the message, until it is concluded or given back.
     *
     * @param told called on any thread, at once when it is so already, and must not block; {@link Revocation#LOST} may come
     *        alone or after {@link Revocation#LEAVING}
     */
    default void whenRevoked(Message<?> message, Consumer<Revocation> told) {
        // never
    }

    /** The message will be neither acknowledged nor refused here, or could not be: somebody else shall deal with it. */
    default void givesBack(Message<?> message) {
        // whoever gets it next finds out
    }

    /**
     * What to add to the metadata of an outgoing message.
     *
     * @param headers by their names
     * @param key what messages are ordered by
     * @param address where the message goes instead of where its channel goes
     */
    Object write(Map<String, String> headers, String key, Optional<String> address);
}
