package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.Endpoint;
import io.quarkiverse.llm.runtime.config.ProviderSettings;

/**
 * Providers that are the same model of the same server. For information only: another key, temperature or time limit for the
 * same model is what names are for.
 */
final class SameServerRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        Map<Served, List<ProviderSettings>> same = new LinkedHashMap<>();
        for (String name : facts.configured()) {
            ProviderSettings settings = facts.configuration().resolved().get(name);
            boolean replaced = name.equals(LlmClient.DEFAULT) && facts.configuration().active().isPresent();
            if (settings != null && !replaced) {
                same.computeIfAbsent(new Served(settings.endpoint(), settings.model()), any -> new ArrayList<>()).add(settings);
            }
        }
        return same.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(entry -> conflict(entry.getKey(), entry.getValue(), facts.configuration())).toList();
    }

    private static Conflict conflict(Served served, List<ProviderSettings> providers, ConfigurationFacts configuration) {
        List<String> names = providers.stream().map(ProviderSettings::name).toList();
        boolean alike = providers.stream().map(settings -> settings.withName("")).distinct().count() == 1;
        return Conflict.info("same-server", names.stream().map(Conflict::subject).collect(Collectors.joining("+")))
                .what("Providers for " + served.model().map(model -> "the model '" + model + "' at ").orElse("")
                        + served.endpoint() + " that are the same" + (alike ? " but for their names" : " server and model"))
                .sides(names.stream().flatMap(name -> configuration.claims(name).stream()).toList())
                .mend(alike ? "One name is enough, unless they are to differ later"
                        : "Nothing to do where their other settings are to differ");
    }

    private record Served(Endpoint endpoint, Optional<String> model) {
    }
}
