package io.quarkiverse.llm.gateway.runtime.translation;

/** A request as a provider can take it, and the way back. */
public final class Translation {
}
