package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.llm.runtime.config.value.NearestName;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The providers that the keys of clients are for. Thread-safe. */
public final class ClientKeys {

    private final ModelProviders providers;
    private final Set<String> names;

    private ClientKeys(LlmRegistry registry, Set<String> names) {
        this.providers = new ModelProviders(registry);
        this.names = Set.copyOf(names);
    }

    /**
     * @param names {@code quarkus.llm-gateway.client-keys-to}
     * @throws ConfigurationException with a sentence when there is no such provider
     */
    public static ClientKeys of(LlmRegistry registry, Set<String> names) {
        ClientKeys keys = new ClientKeys(registry, names);
        new TreeSet<>(names).forEach(keys::check);
        return keys;
    }

    private void check(String name) {
        if (providers.named(name).isEmpty()) {
            Set<String> there = new TreeSet<>(providers.names().stream().map(ModelProviders::shown).toList());
            String question = NearestName.question(name, there);
            throw new ConfigurationException("quarkus.llm-gateway.client-keys-to has '" + name
                    + "', but there is no such provider" + (question.isEmpty()
                            ? "; there are: " + String.join(", ", there)
                            : question));
        }
    }

    /** Whether the key of a client may go where a request goes: providers change while the application runs. */
    public boolean isFor(Target target) {
        return names.stream().anyMatch(name -> providers.named(name).filter(target.name()::equals).isPresent());
    }
}
