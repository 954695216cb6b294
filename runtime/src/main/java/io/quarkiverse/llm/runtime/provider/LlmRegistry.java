package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.vertx.core.Future;

/**
 * All providers of the application, each behind a front that stays while what is behind it may be replaced. A bean of the
 * application goes before settings of the same name. Thread-safe.
 */
public final class LlmRegistry {

    /**
     * What stands behind the fronts at one time. Replaced as a whole.
     *
     * @param configured by name
     * @param active the name of the provider that stands behind the default one
     */
    private record Providers(Map<String, Configured> configured, Optional<String> active) {
    }

    private record Configured(ProviderSettings settings, ProviderSnapshot snapshot) {
    }

    private final ProviderFactory factory;
    private final Map<String, Supplier<LlmProvider>> beans = new HashMap<>();
    private final Map<String, LlmProvider> fronts = new ConcurrentHashMap<>();
    private volatile Providers current = new Providers(Map.of(), Optional.empty());

    private LlmRegistry(ProviderFactory factory) {
        this.factory = factory;
    }

    /**
     * @param settings of the configured providers that are no beans; without the default one when another is active
     * @param beanNames names of the providers that are beans of the application
     * @param beans finds such a bean; asked once for each, when it is first used
     * @param active the name of the provider that stands behind the default one; there is none when that one is missing
     */
    public static LlmRegistry create(Collection<ProviderSettings> settings, ProviderFactory factory, Set<String> beanNames,
            Function<String, LlmProvider> beans, Optional<String> active) {
        LlmRegistry registry = new LlmRegistry(factory);
        for (String name : beanNames) {
            registry.beans.put(name, new Once<>(() -> beans.apply(name)));
        }
        registry.replace(settings, active);
        return registry;
    }

    /** The provider with this name. */
    public Optional<LlmProvider> find(String name) {
        return isThere(name, current) ? Optional.of(fronts.computeIfAbsent(name, this::front)) : Optional.empty();
    }

    private LlmProvider front(String name) {
        return new RegisteredProvider(name, () -> behind(name));
    }

    private LlmProvider behind(String name) {
        Providers now = current;
        String target = target(name, now);
        Supplier<LlmProvider> bean = beans.get(target);
        if (bean != null) {
            return bean.get();
        }
        Configured configured = now.configured().get(target);
        if (configured == null) {
            throw new IllegalStateException(MissingProvider.notConfigured(name, names()));
        }
        return configured.snapshot().provider();
    }

    private boolean isThere(String name, Providers now) {
        String target = target(name, now);
        return beans.containsKey(target) || now.configured().containsKey(target);
    }

    /** The name of what stands behind this name. A bean that is the default provider is injected as it is. */
    private String target(String name, Providers now) {
        return name.equals(LlmClient.DEFAULT) && !beans.containsKey(name) ? now.active().orElse(name) : name;
    }

    /** All names in alphabetical order. */
    public SortedSet<String> names() {
        Providers now = current;
        SortedSet<String> names = new TreeSet<>(beans.keySet());
        names.addAll(now.configured().keySet());
        names.add(LlmClient.DEFAULT);
        names.removeIf(name -> !isThere(name, now));
        return Collections.unmodifiableSortedSet(names);
    }

    /** The name of the provider that stands behind the default one; empty when that has its own configuration. */
    public Optional<String> active() {
        return current.active();
    }

    /** The names of the providers that are beans of the application. */
    public Set<String> beans() {
        return Collections.unmodifiableSet(beans.keySet());
    }

    /** What a configured provider works with. */
    public Optional<ProviderSettings> settings(String name) {
        return Optional.ofNullable(current.configured().get(name)).map(Configured::settings);
    }

    /**
     * Puts providers with these settings in the place of all configured ones, at once. Those whose settings are the same stay.
     * Exchanges that have begun finish with what they began with.
     *
     * @return done when the connections of what was replaced are closed
     * @throws RuntimeException with a sentence, when a provider cannot be made; nothing has changed then
     */
    public synchronized Future<Void> replace(Collection<ProviderSettings> settings, Optional<String> active) {
        Map<String, Configured> before = current.configured();
        Map<String, Configured> after = new LinkedHashMap<>();
        try {
            for (ProviderSettings one : settings) {
                after.put(one.name(), successor(before.get(one.name()), one));
            }
        } catch (RuntimeException e) {
            transportsOnlyIn(after, before).forEach(Transport::close);
            throw e;
        }
        current = new Providers(after, active);
        return Future.join(transportsOnlyIn(before, after).stream().map(Transport::retire).toList()).mapEmpty();
    }

    private Configured successor(Configured known, ProviderSettings settings) {
        if (known != null && known.settings().equals(settings)) {
            return known;
        }
        Configured made = new Configured(settings, factory.create(settings));
        if (known != null && known.snapshot().provider() instanceof WireProvider before
                && made.snapshot().provider() instanceof WireProvider after) {
            after.learnFrom(before);
        }
        return made;
    }

    private static List<Transport> transportsOnlyIn(Map<String, Configured> one, Map<String, Configured> other) {
        return one.entrySet().stream().filter(entry -> other.get(entry.getKey()) != entry.getValue())
                .map(entry -> entry.getValue().snapshot().transport()).toList();
    }

    /** Closes all transports; requests under way finish. */
    public Future<Void> close() {
        List<Future<Void>> closing = new ArrayList<>();
        current.configured().values().forEach(one -> closing.add(one.snapshot().transport().close()));
        return Future.join(closing).mapEmpty();
    }
}
