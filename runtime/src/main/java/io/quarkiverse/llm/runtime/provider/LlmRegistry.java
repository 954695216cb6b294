package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;

/**
 * All providers of the application, each behind a front that stays while what is behind it may be replaced. A bean of the
 * application goes before settings of the same name. Thread-safe.
 */
public final class LlmRegistry implements LlmProviders {

    private final SortedMap<String, RegisteredProvider> fronts = new TreeMap<>();
    private final Map<String, ProviderSnapshot> snapshots = new ConcurrentHashMap<>();
    private final Optional<String> active;

    private LlmRegistry(Optional<String> active) {
        this.active = active;
    }

    /**
     * @param settings of the configured providers that are no beans; without the default one when another is active
     * @param beanNames names of the providers that are beans of the application
     * @param beans finds such a bean; asked once for each, when it is first used
     * @param active the name of the provider that stands behind the default one; where there is no such provider, there is no
     *        default one either
     * @throws ConfigurationException when a bean is the default one already
     */
    public static LlmRegistry create(Collection<ProviderSettings> settings, ProviderFactory factory, Set<String> beanNames,
            Function<String, LlmProvider> beans, Optional<String> active) {
        LlmRegistry registry = new LlmRegistry(active);
        for (String name : beanNames) {
            registry.fronts.put(name, new RegisteredProvider(name, new Once<>(() -> beans.apply(name))));
        }
        try {
            for (ProviderSettings one : settings) {
                ProviderSnapshot snapshot = factory.create(one);
                registry.snapshots.put(one.name(), snapshot);
                registry.fronts.put(one.name(), new RegisteredProvider(one.name(), snapshot::provider));
            }
            active.ifPresent(name -> registry.activate(name, beanNames.contains(LlmClient.DEFAULT)));
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    private void activate(String name, boolean defaultIsBean) {
        SortedSet<String> named = new TreeSet<>(fronts.keySet());
        named.remove(LlmClient.DEFAULT);
        if (defaultIsBean) {
            throw new ConfigurationException("quarkus.llm.active is '" + name
                    + "', but a bean of the application is the default provider: remove one of the two");
        }
        if (!named.contains(name)) {
            // there is no default provider then: prompts must not go to another server
            return;
        }
        RegisteredProvider target = fronts.get(name);
        fronts.put(LlmClient.DEFAULT, new RegisteredProvider(LlmClient.DEFAULT, () -> target));
    }

    @Override
    public LlmProvider get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException(
                name.equals(LlmClient.DEFAULT) && active.isPresent() ? MissingProvider.unknownActive(active.get())
                        : MissingProvider.unknown(name, names())));
    }

    @Override
    public Optional<LlmProvider> find(String name) {
        return Optional.ofNullable(fronts.get(name));
    }

    @Override
    public LlmProvider defaultProvider() {
        return get(LlmClient.DEFAULT);
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(fronts.keySet()));
    }

    @Override
    public Optional<String> active() {
        return active;
    }

    /**
     * Puts another provider behind a configured name. Exchanges that have begun finish with the old one, whose transport is
     * closed when they have; a request that is only on its way to its event loop at this moment may fail, and is worth another
     * try.
     *
     * @return done when the old provider is closed
     * @throws IllegalArgumentException when no configured provider has this name
     */
    Future<Void> replace(String name, ProviderSnapshot snapshot) {
        ProviderSnapshot old = snapshots.replace(name, snapshot);
        if (old == null) {
            throw new IllegalArgumentException(MissingProvider.unknown(name, snapshots.keySet()));
        }
        if (old.provider() instanceof WireProvider before && snapshot.provider() instanceof WireProvider after) {
            after.learnFrom(before);
        }
        fronts.get(name).replace(snapshot.provider());
        return old.transport().close();
    }

    /** Closes all transports; requests under way finish. */
    public Future<Void> close() {
        List<Future<Void>> closing = new ArrayList<>();
        snapshots.values().forEach(snapshot -> closing.add(snapshot.transport().close()));
        return Future.join(closing).mapEmpty();
    }
}
