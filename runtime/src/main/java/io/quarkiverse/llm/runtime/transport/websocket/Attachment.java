package io.quarkiverse.llm.runtime.transport.websocket;

import java.util.Optional;

/**
 * What the layer above keeps with a connection: what its server remembers. Gone with the connection. Belongs to the exchange
 * that has the connection, until that is released or cancelled; in between it is only read.
 */
public final class Attachment {

    private volatile Object value;

    public <T> Optional<T> get(Class<T> type) {
        return Optional.ofNullable(value).map(type::cast);
    }

    public boolean isEmpty() {
        return value == null;
    }

    public void set(Object newValue) {
        value = newValue;
    }

    public void clear() {
        value = null;
    }
}
