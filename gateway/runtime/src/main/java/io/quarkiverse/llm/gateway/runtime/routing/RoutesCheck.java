package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.llm.runtime.config.value.NearestName;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses routes that lead nowhere, before the first request does. */
public final class RoutesCheck {

    private final ModelProviders providers;

    /** @param registry has the providers there are */
    public RoutesCheck(LlmRegistry registry) {
        this.providers = new ModelProviders(registry);
    }

    /**
     * @param configured {@code quarkus.llm-gateway.routes}
     * @throws ConfigurationException with a sentence that names the key and the mend
     */
    public void check(Map<String, String> configured) {
        new TreeMap<>(configured).forEach((key, value) -> fault(key, value).ifPresent(fault -> {
            throw new ConfigurationException("quarkus.llm-gateway.routes.\"" + key + "\" " + fault);
        }));
    }

    private Optional<String> fault(String key, String value) {
        Route route = Route.of(key, value);
        if (key.isBlank()) {
            return Optional.of("has no name: put the name of a model between the quotes");
        } else if (value.isBlank()) {
            return Optional.of("is empty: set it to PROVIDER:MODEL, or to PROVIDER for that one's own model");
        }
        return keyFault(key).or(() -> providerFault(route, value)).or(() -> modelFault(route, value));
    }

    private static Optional<String> keyFault(String key) {
        if (count(key) > 1) {
            return Optional.of("has more than one *: a name may have one, at its end");
        }
        return count(key) == 1 && !key.endsWith(Route.WILDCARD)
                ? Optional.of("has a * that is not at its end: write "
                        + key.substring(0, key.indexOf(Route.WILDCARD) + Route.WILDCARD.length()))
                : Optional.empty();
    }

    private Optional<String> providerFault(Route route, String value) {
        if (providers.named(route.provider()).isPresent()) {
            return Optional.empty();
        }
        List<String> names = providers.names().stream().map(ModelProviders::shown).toList();
        return Optional.of("is '" + value + "', but there is no provider '" + route.provider() + "'"
                + (names.isEmpty() ? "; there are none: set quarkus.llm.base-url or quarkus.llm.preset"
                        : others(route.provider(), names)));
    }

    private static String others(String name, List<String> names) {
        String question = NearestName.question(name, names);
        return question.isEmpty()
                ? "; there are: " + String.join(", ", names) + ". Write PROVIDER:MODEL, or PROVIDER for that one's own model"
                : question;
    }

    private static Optional<String> modelFault(Route route, String value) {
        if (route.model().isEmpty()) {
            return Optional.empty();
        }
        String model = route.model().get();
        if (model.isEmpty()) {
            return Optional.of("is '" + value + "', without a model after the colon: name one, or leave the colon out for the "
                    + "provider's own model");
        } else if (count(model) > 1) {
            return Optional.of("is '" + value + "', with more than one *: only one is replaced, leave the others out");
        }
        return count(model) == 1 && !route.isWildcard()
                ? Optional.of("is '" + value + "', whose * nothing stands for: end the name of the route in *, or write the "
                        + "whole name of the model")
                : Optional.empty();
    }

    private static long count(String text) {
        return text.chars().filter(c -> c == '*').count();
    }
}
