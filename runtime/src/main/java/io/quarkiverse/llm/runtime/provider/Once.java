package io.quarkiverse.llm.runtime.provider;

import java.util.function.Supplier;

/** Asks once, when the value is first needed. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> source;
    private volatile T value;

    public Once(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public T get() {
        T known = value;
        return known != null ? known : ask();
    }

    private synchronized T ask() {
        if (value == null) {
            value = source.get();
        }
        return value;
    }
}
