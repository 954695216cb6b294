package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What clients can ask for, for people to read.
 *
 * @param providers as clients call them
 * @param names that clients may say
 * @param own the model that the default provider is configured with
 * @param silent why a provider, as clients call it, does not list its models
 */
public record ServedModels(List<String> providers, List<String> names, Optional<String> own, Map<String, String> silent) {

    public ServedModels {
        providers = List.copyOf(providers);
        names = List.copyOf(names);
        silent = Map.copyOf(silent);
    }
}
