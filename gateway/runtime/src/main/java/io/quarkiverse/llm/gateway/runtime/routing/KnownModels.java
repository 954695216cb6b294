package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The models of all providers at one time.
 *
 * @param providers in the order in which they are asked for a model
 * @param models of each, by id
 */
record KnownModels(List<String> providers, Map<String, SortedMap<String, DiscoveredModel>> models) {

    KnownModels {
        providers = List.copyOf(providers);
        models = Map.copyOf(models);
    }

    SortedMap<String, DiscoveredModel> of(String provider) {
        return models.get(provider);
    }

    Optional<DiscoveredModel> find(String provider, String id) {
        return Optional.ofNullable(models.get(provider)).map(all -> all.get(id));
    }
}
