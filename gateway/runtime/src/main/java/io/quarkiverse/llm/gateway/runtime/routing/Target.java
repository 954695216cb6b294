package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Objects;
import java.util.Optional;

import io.quarkiverse.llm.LlmProvider;

/**
 * Where a request goes.
 *
 * @param name of the provider; never one that only stands for another, so that the registry knows the settings behind it
 * @param model that it is asked for; its own one when empty
 */
public record Target(String name, LlmProvider provider, Optional<String> model) {

    public Target {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(model, "model");
    }
}
