package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.ProviderSettings;

/**
 * Providers that differ in their names alone. Only where all settings are the same: another key, temperature or time limit for
 * the same model is what names are for.
 */
final class SameServerRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        Map<ProviderSettings, List<String>> names = new LinkedHashMap<>();
        for (String name : facts.configured()) {
            ProviderSettings settings = facts.configuration().resolved().get(name);
            boolean replaced = name.equals(LlmClient.DEFAULT) && facts.configuration().active().isPresent();
            if (settings != null && !replaced) {
                names.computeIfAbsent(settings.withName(""), any -> new ArrayList<>()).add(name);
            }
        }
        return names.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
                .map(entry -> conflict(entry.getValue(), entry.getKey(), facts.configuration())).toList();
    }

    private static Conflict conflict(List<String> names, ProviderSettings settings, ConfigurationFacts configuration) {
        return Conflict.info("same-server", names.stream().map(Conflict::subject).collect(Collectors.joining("+")))
                .what("Providers for " + settings.model().map(model -> "the model '" + model + "' at ").orElse("")
                        + settings.endpoint() + " that are the same but for their names")
                .sides(names.stream().flatMap(name -> configuration.claims(name).stream()).toList())
                .mend("One name is enough, unless they are to differ later");
    }
}
