package io.quarkiverse.llm.runtime.transport;

import io.vertx.core.buffer.Buffer;

/** Watches one exchange from its request on, for people. Called on the event loop of the exchange, as things happen. */
public interface ExchangeTap {

    /** Watches nothing. */
    ExchangeTap NONE = new ExchangeTap() {
    };

    /** The request that is to be sent when there is room and a connection for it. The first call. */
    default void request(OutgoingRequest request) {
    }

    /** The request is about to be sent. */
    default void sent() {
    }

    default void head(Head head) {
    }

    /** A part of the answer's body, as it arrived. */
    default void bytes(Buffer bytes) {
    }

    /** One event of a stream. The bytes are only valid during the call. */
    default void event(String name, byte[] data, int offset, int length) {
    }

    /** The whole body of an answer that is no event stream. The bytes are only valid during the call. */
    default void body(byte[] data, int offset, int length) {
    }

    /**
     * The last call.
     *
     * @param how of {@link HowItEnded}
     */
    default void ended(String how) {
    }

    /** Both. */
    default ExchangeTap and(ExchangeTap other) {
        return other == NONE ? this : new TwoTaps(this, other);
    }
}
