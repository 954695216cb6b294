package io.quarkiverse.llm.gateway.runtime.routing;

/** Finds the provider for a model. Thread-safe. */
public final class ModelRouter {
}
