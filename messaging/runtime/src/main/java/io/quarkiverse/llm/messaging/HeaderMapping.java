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
 * {@link #read} is asked of each message that comes, whichever connector has it. What else is asked and told of such a message
 * goes to the first mapping alone whose {@link #read} knows it. All methods are called from many threads, and must not block.
 */
public interface HeaderMapping {

    /** How a message goes to somebody else. */
    enum Revocation {
        /** As soon as it is concluded or given back: what is not begun may as well be given back now. */
        LEAVING,
        /** It has gone: whatever is still written about it is too late. */
        LOST
    }

    /** The name of the connector, for instance {@code smallrye-kafka}; asked for each message that goes. */
    String connector();

    /**
     * Finds headers by their names. Called for each message that comes on channels of workers and remote providers, also those
     * of other connectors, and again whenever the worker has to ask or tell the connector something.
     *
     * @return gives {@code null} for a header that is not there, for all when there are none; empty when the message is not of
     *         this connector
     */
    Optional<UnaryOperator<String>> read(Message<?> message);

    /**
     * How many attempts at the request were begun before this message was handed out, by whomever, as far as the connector
     * knows: those that it was told of with {@link #begins}. A request that only waited somewhere has none. Called once, when a
     * worker takes a message.
     */
    default int earlierAttempts(Message<?> message) {
        return 0;
    }

    /**
     * An attempt at the request begins now. Called before the provider is asked, for retries too; besides, when no provider was
     * asked, since the request was expired or unreadable for instance, and that could not be told. A connector that can keep it
     * counts it, so that whoever gets the message next knows.
     *
     * @return whether the message is still for this process to deal with, as far as the connector knows; if not, no provider is
     *         asked, and the message is given back
     */
    default boolean begins(Message<?> message) {
        return true;
    }

    /**
     * Asks to be told when somebody else shall deal with the message, until it is concluded or given back. Called once, when a
     * worker has taken a request.
     *
     * @param told called on any thread, at once when it is so already, and must not block; {@link Revocation#LOST} may come
     *        alone or after {@link Revocation#LEAVING}
     */
    default void whenRevoked(Message<?> message, Consumer<Revocation> told) {
        // never
    }

    /**
     * The message will be neither acknowledged nor refused here: somebody else shall deal with it. Called when the worker
     * stops, when it learns that the message goes to somebody else, and for messages that come when it has stopped.
     */
    default void givesBack(Message<?> message) {
        // whoever gets it next finds out
    }

    /**
     * The connector has failed to acknowledge or to refuse the message, which should come again, here or elsewhere. Unless said
     * otherwise it is given back.
     */
    default void unconcluded(Message<?> message) {
        givesBack(message);
    }

    /**
     * What to add to the metadata of an outgoing message. Called for each message of a channel that has this connector.
     *
     * @param headers by their names
     * @param key what messages are ordered by
     * @param address where the message goes instead of where its channel goes
     */
    Object write(Map<String, String> headers, String key, Optional<String> address);
}
