package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;

/**
 * The providers as clients of the gateway name them. A default provider that only stands for another one is that one, and
 * none besides it. Asks the registry each time: providers change while the application runs.
 */
final class ModelProviders {

    /** How clients and routes call the default provider. */
    private static final String DEFAULT = "default";

    private final LlmRegistry registry;

    ModelProviders(LlmRegistry registry) {
        this.registry = registry;
    }

    /** The names in the registry, the default provider first, the others in alphabetical order. */
    List<String> names() {
        Optional<String> first = defaultName();
        List<String> names = new ArrayList<>(registry.names());
        names.remove(LlmClient.DEFAULT);
        first.ifPresent(name -> {
            names.remove(name);
            names.add(0, name);
        });
        return names;
    }

    /** The name in the registry of what is, or stands behind, the default provider. */
    Optional<String> defaultName() {
        return registry.find(LlmClient.DEFAULT).isEmpty() ? Optional.empty()
                : Optional.of(registry.beans().contains(LlmClient.DEFAULT) ? LlmClient.DEFAULT
                        : registry.active().orElse(LlmClient.DEFAULT));
    }

    /** The name in the registry of the provider that a client or a route calls this. */
    Optional<String> named(String name) {
        if (name.equals(DEFAULT) || name.equals(LlmClient.DEFAULT)) {
            return defaultName();
        }
        return registry.find(name).isPresent() ? Optional.of(name) : Optional.empty();
    }

    /** How a client or a route calls the provider of this name in the registry. */
    static String shown(String name) {
        return name.equals(LlmClient.DEFAULT) ? DEFAULT : name;
    }

    /** What a configured provider works with. Another object whenever that has changed. */
    Optional<ProviderSettings> settings(String name) {
        return registry.settings(name);
    }

    /** The model that a provider is asked for when a request names none. */
    Optional<String> ownModel(String name) {
        return settings(name).flatMap(ProviderSettings::model);
    }

    LlmProvider provider(String name) {
        return registry.find(name).orElseThrow(() -> new IllegalStateException("Provider '" + name + "' is gone"));
    }

    Target target(String name, Optional<String> model) {
        return new Target(name, provider(name), model);
    }
}
