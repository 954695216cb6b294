package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The names that clients may ask for, and the models behind them: each name leads where {@link ModelRouter} leads it. In this
 * order: routes of one name, then the models of each provider, as the providers are asked; each in alphabetical order.
 */
final class ModelNames {

    private final KnownModels known;
    private final ModelProviders providers;
    private final Routes routes;
    private final Predicate<String> allowed;
    private final Map<String, ListedModel> listed = new LinkedHashMap<>();

    private ModelNames(KnownModels known, ModelProviders providers, Routes routes, Predicate<String> allowed) {
        this.known = known;
        this.providers = providers;
        this.routes = routes;
        this.allowed = allowed;
    }

    /**
     * @param allowed the names that a client may say; there are no others for it
     */
    static ModelNames of(KnownModels known, ModelProviders providers, Routes routes, Predicate<String> allowed) {
        ModelNames names = new ModelNames(known, providers, routes, allowed);
        routes.aliases().forEach(names::addAlias);
        known.providers().forEach(provider -> known.of(provider).values().forEach(model -> names.add(provider, model)));
        return names;
    }

    private void addAlias(String alias, Route route) {
        providers.named(route.provider()).ifPresent(provider -> {
            DiscoveredModel model = route.model().or(() -> providers.ownModel(provider))
                    .flatMap(id -> known.find(provider, id)).orElseGet(() -> DiscoveredModel.named(alias));
            add(alias, provider, model);
        });
    }

    /**
     * Under its id if that leads to it, and also under a longer name if the id alone could mean another, or may not be said.
     */
    private void add(String provider, DiscoveredModel model) {
        String id = model.id();
        boolean taken = leadsElsewhere(id, provider) || prefix(id).flatMap(providers::named).isPresent();
        if (!taken) {
            add(id, provider, model);
        }
        if (taken || !allowed.test(id)
                || known.providers().stream().filter(other -> known.of(other).containsKey(id)).count() > 1) {
            add(ModelProviders.shown(provider) + "/" + id, provider, model);
        }
    }

    private boolean leadsElsewhere(String id, String provider) {
        return routes.alias(id).filter(route -> providers.named(route.provider()).isPresent()).isPresent()
                || known.providers().stream().takeWhile(before -> !before.equals(provider))
                        .anyMatch(before -> known.of(before).containsKey(id));
    }

    private void add(String name, String provider, DiscoveredModel model) {
        if (!allowed.test(name)) {
            return;
        }
        listed.putIfAbsent(name, new ListedModel(name, ModelProviders.shown(provider), model));
    }

    private static Optional<String> prefix(String name) {
        int separator = name.indexOf('/');
        return separator < 0 ? Optional.empty() : Optional.of(name.substring(0, separator));
    }

    /** What {@code /models} lists. */
    Collection<ListedModel> all() {
        return listed.values();
    }

    /** All names that are listed. */
    Collection<String> names() {
        return listed.keySet();
    }

    /** One that is listed, or {@code provider/model} of a model that is listed by its id alone. */
    Optional<ListedModel> find(String name) {
        return Optional.ofNullable(listed.get(name)).or(() -> prefix(name).flatMap(providers::named)
                .filter(provider -> allowed.test(name))
                .flatMap(provider -> known.find(provider, name.substring(name.indexOf('/') + 1))
                        .map(model -> new ListedModel(name, ModelProviders.shown(provider), model))));
    }
}
