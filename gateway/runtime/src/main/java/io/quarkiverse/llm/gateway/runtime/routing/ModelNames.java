package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names that clients may ask for, and the models behind them: each name leads where {@link ModelRouter} leads it. In this
 * order: routes of one name, then the models of each provider, as the providers are asked; each in alphabetical order.
 */
final class ModelNames {

    private final KnownModels known;
    private final ModelProviders providers;
    private final Routes routes;
    private final Map<String, ListedModel> listed = new LinkedHashMap<>();

    private ModelNames(KnownModels known, ModelProviders providers, Routes routes) {
        this.known = known;
        this.providers = providers;
        this.routes = routes;
    }

    static ModelNames of(KnownModels known, ModelProviders providers, Routes routes) {
        ModelNames names = new ModelNames(known, providers, routes);
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

    /** Under its id if that leads to it, and also under a longer name if the id alone could mean another. */
    private void add(String provider, DiscoveredModel model) {
        String id = model.id();
        boolean taken = listed.containsKey(id) || prefix(id).flatMap(providers::named).isPresent();
        if (!taken) {
            add(id, provider, model);
        }
        if (taken || known.providers().stream().filter(other -> known.of(other).containsKey(id)).count() > 1) {
            add(ModelProviders.shown(provider) + "/" + id, provider, model);
        }
    }

    private void add(String name, String provider, DiscoveredModel model) {
        listed.putIfAbsent(name, ListedModel.of(name, ModelProviders.shown(provider), model));
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
                .flatMap(provider -> known.find(provider, name.substring(name.indexOf('/') + 1))
                        .map(model -> ListedModel.of(name, ModelProviders.shown(provider), model))));
    }
}
