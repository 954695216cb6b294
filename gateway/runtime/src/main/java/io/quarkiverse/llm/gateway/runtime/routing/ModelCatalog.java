package io.quarkiverse.llm.gateway.runtime.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/**
 * The models of all providers: what their servers list, and the model that each is configured with. Asks the servers when
 * somebody needs to know, at the earliest {@code models-refresh} after the last time, and when a model is asked for that is
 * not known; a server that does not answer costs 5 seconds at most, and is asked again no sooner. Thread-safe; what comes
 * later comes on the caller's Vert.x context.
 */
public final class ModelCatalog {

    private final ModelProviders providers;
    private final VertxInternal vertx;
    private final Duration refresh;
    private final LongSupplier clock;
    private final Map<String, ProviderModels> lists = new ConcurrentHashMap<>();

    /**
     * @param refresh {@code quarkus.llm-gateway.models-refresh}
     */
    public ModelCatalog(LlmRegistry registry, Vertx vertx, Duration refresh) {
        this(registry, vertx, refresh, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    ModelCatalog(LlmRegistry registry, Vertx vertx, Duration refresh, LongSupplier clock) {
        this.providers = new ModelProviders(registry);
        this.vertx = (VertxInternal) vertx;
        this.refresh = refresh;
        this.clock = clock;
    }

    /**
     * The first provider that has this model: the default one, then by name. At once when that is known; waits only for
     * providers before it that were never asked.
     */
    Uni<Optional<String>> providerOf(String id) {
        List<String> names = providers.names();
        Map<String, CompletableFuture<Void>> answers = new TreeMap<>();
        return search(names, id, list -> {
            if (answers.isEmpty()) {
                // all at once, though they are looked at one after the other
                names.forEach(name -> answers.put(name, list(name).keepFresh()));
            }
            return answers.get(list.name());
        });
    }

    /** As {@link #providerOf}, after all were asked again that were not asked just now. */
    Uni<Optional<String>> providerOfNow(String id) {
        List<String> names = providers.names();
        Map<String, CompletableFuture<Void>> answers = new TreeMap<>();
        names.forEach(name -> answers.put(name, list(name).askAgain()));
        return search(names, id, list -> answers.get(list.name()));
    }

    /** Looks at one after the other; where there is no answer yet, goes on when it has come. */
    private Uni<Optional<String>> search(List<String> names, String id,
            Function<ProviderModels, CompletableFuture<Void>> answer) {
        for (int i = 0; i < names.size(); i++) {
            Optional<String> name = Optional.of(names.get(i));
            ProviderModels list = list(names.get(i));
            if (has(list, id)) {
                return Uni.createFrom().item(name);
            }
            CompletableFuture<Void> answered = answer.apply(list);
            if (!answered.isDone()) {
                List<String> rest = names.subList(i + 1, names.size());
                return after(answered)
                        .chain(() -> has(list, id) ? Uni.createFrom().item(name) : search(rest, id, answer));
            } else if (has(list, id)) {
                return Uni.createFrom().item(name);
            }
        }
        return Uni.createFrom().item(Optional.empty());
    }

    private boolean has(ProviderModels list, String id) {
        if (list.models().containsKey(id)) {
            list.keepFresh();
            return true;
        }
        return providers.ownModel(list.name()).filter(id::equals).isPresent();
    }

    /**
     * All that there are, once those have answered whose list is missing or old; one that has failed is not waited for.
     */
    Uni<KnownModels> all() {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (String name : providers.names()) {
            ProviderModels list = list(name);
            if (!list.isHeard() || list.isOutdated()) {
                answers.add(list.ask());
            } else {
                list.keepFresh();
            }
        }
        CompletableFuture<Void> answered = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
        return answered.isDone() ? Uni.createFrom().item(known()) : after(answered).map(done -> known());
    }

    /** All that there are as of now; asks nobody. */
    KnownModels known() {
        List<String> names = providers.names();
        Map<String, SortedMap<String, DiscoveredModel>> models = new TreeMap<>();
        for (String name : names) {
            SortedMap<String, DiscoveredModel> all = new TreeMap<>(list(name).models());
            providers.ownModel(name).ifPresent(own -> all.computeIfAbsent(own, DiscoveredModel::named));
            models.put(name, all);
        }
        return new KnownModels(names, models);
    }

    /** The providers, as clients call them, that were asked and have answered with no list, and why. */
    Map<String, String> silent() {
        Map<String, String> reasons = new TreeMap<>();
        for (String name : providers.names()) {
            list(name).failure().ifPresent(why -> reasons.put(ModelProviders.shown(name), why));
        }
        return reasons;
    }

    private ProviderModels list(String name) {
        return lists.computeIfAbsent(name, there -> new ProviderModels(there, providers, vertx, refresh, clock));
    }

    /** Whoever waits may go away, the others go on waiting. */
    private static Uni<Void> after(CompletableFuture<Void> answered) {
        Context context = Vertx.currentContext();
        Executor there = context == null ? Runnable::run : task -> context.runOnContext(now -> task.run());
        return Uni.createFrom().<Void> emitter(waiting -> answered.thenRun(() -> waiting.complete(null))).emitOn(there);
    }
}
