package io.quarkiverse.llm.gateway.runtime.routing;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.UnknownModel;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.smallrye.mutiny.Uni;

/**
 * Finds the provider for a model. The first of these decides:
 * <ol>
 * <li>the route of exactly that name;</li>
 * <li>{@code provider/model}, where there is such a provider;</li>
 * <li>a provider whose server lists the model, or that is configured with it: the default one, then by name;</li>
 * <li>the longest route with a wildcard;</li>
 * <li>{@code unknown-model}: the only provider is asked for it.</li>
 * </ol>
 * No server is asked for its models where that cannot change the outcome. Thread-safe.
 */
public final class ModelRouter {

    private final ModelProviders providers;
    private final ModelCatalog catalog;
    private final Routes routes;
    private final UnknownModel unknown;

    public ModelRouter(LlmRegistry registry, ModelCatalog catalog, Routes routes, UnknownModel unknown) {
        this.providers = new ModelProviders(registry);
        this.catalog = catalog;
        this.routes = routes;
        this.unknown = unknown;
    }

    /** For a client that may ask for all models. */
    public Uni<Target> route(Optional<String> model) {
        return route(model, all -> true);
    }

    /**
     * @param model that the client asks for; empty or blank for none
     * @param allowed the names that this client may say; for it there are no others. For a request without a model it is the
     *        provider's own one, or {@code provider/model}
     * @return at once where nobody must be asked, else on the caller's Vert.x context; fails with a
     *         {@link ModelNotFoundException}, and with an {@link InvalidRequestException} when a model must be named
     */
    public Uni<Target> route(Optional<String> model, Predicate<String> allowed) {
        try {
            String name = model.orElse("");
            if (name.isBlank()) {
                return Uni.createFrom().item(withoutModel(allowed));
            } else if (!allowed.test(name)) {
                throw notFound(name, allowed);
            }
            return named(name).map(Uni.createFrom()::item).orElseGet(() -> discovered(name, allowed));
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private Target withoutModel(Predicate<String> allowed) {
        Target target = withoutModel();
        String own = providers.ownModel(target.name()).orElse("");
        if (!allowed.test(own) && !allowed.test(ModelProviders.shown(target.name()) + "/" + own)) {
            throw ModelNotFoundException.unnamed();
        }
        return target;
    }

    private Target withoutModel() {
        List<String> names = providers.names();
        Optional<String> chosen = providers.defaultName().or(() -> only(names));
        if (chosen.isPresent()) {
            return providers.target(chosen.get(), Optional.empty());
        } else if (names.isEmpty()) {
            throw new IllegalStateException(MissingProvider.notConfigured(LlmClient.DEFAULT, names));
        }
        throw new InvalidRequestException("You must name a model, as there are several providers and none is the default one: "
                + "GET /models lists what there is.", "model", "missing_required_parameter");
    }

    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** What the configuration alone decides. */
    private Optional<Target> named(String model) {
        return routes.alias(model).map(route -> target(route, model))
                .or(() -> ofProvider(model))
                .or(() -> routes.wildcard(model).isPresent() ? Optional.empty() : passedOn(model));
    }

    private Target target(Route route, String model) {
        String name = providers.named(route.provider()).orElseThrow(() -> new IllegalStateException(
                "quarkus.llm-gateway.routes.\"" + route.key() + "\" leads to a provider that is gone"));
        return providers.target(name, route.modelFor(model));
    }

    /** Names of models may have separators too: only the first counts. */
    private Optional<Target> ofProvider(String model) {
        int separator = model.indexOf('/');
        return separator < 0 || separator == model.length() - 1 ? Optional.empty()
                : providers.named(model.substring(0, separator))
                        .map(name -> providers.target(name, Optional.of(model.substring(separator + 1))));
    }

    private Optional<Target> passedOn(String model) {
        return unknown == UnknownModel.DEFAULT
                ? only(providers.names()).map(name -> providers.target(name, Optional.of(model)))
                : Optional.empty();
    }

    private Uni<Target> discovered(String model, Predicate<String> allowed) {
        return catalog.providerOf(model).chain(name -> found(name, model)
                .or(() -> routes.wildcard(model).map(route -> target(route, model)))
                .map(Uni.createFrom()::item)
                .orElseGet(() -> catalog.providerOfNow(model)
                        .map(now -> found(now, model).orElseThrow(() -> notFound(model, allowed)))));
    }

    private Optional<Target> found(Optional<String> name, String model) {
        return name.map(there -> providers.target(there, Optional.of(model)));
    }

    private ModelNotFoundException notFound(String model, Predicate<String> allowed) {
        return ModelNotFoundException.of(model, ModelNames.of(catalog.known(), providers, routes, allowed).names());
    }
}
