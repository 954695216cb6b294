package io.quarkiverse.llm.runtime.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderChange.Cause;
import io.quarkiverse.llm.LlmProviderSettings;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.value.NearestName;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/**
 * The one door to the providers of a running application and to their settings. A change is validated, then made in the
 * registry, then told; one after the other.
 */
public final class LiveProviders implements LlmProviders {

    private final LlmRegistry registry;
    private final SettingNames names;
    private final SettingsCheck check;
    private final Announcements announcements;
    private final OverridesStore store;
    private final Supplier<Configured> configuration;
    /** Of the moment; made when first needed. */
    private State state;

    private record State(Configured configured, Overrides overrides, LiveSettings settings) {

        static State of(Configured configured, Overrides overrides) {
            return new State(configured, overrides, LiveSettings.of(configured, overrides));
        }
    }

    /**
     * To be called on a thread with the class loader of the application.
     *
     * @param config what the registry was made of
     * @param names of all settings there are
     * @param check has the last word before a change is made
     * @param observers are told of each change, after it
     * @param development whether what is changed outlives restarts
     */
    public static LiveProviders create(LlmRegistry registry, SmallRyeConfig config, SettingNames names, SettingsCheck check,
            Consumer<LlmProviderChange> observers, boolean development) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return new LiveProviders(registry, () -> Configured.of(config, names, loader), names, check, observers,
                development ? new DevModeOverrides() : OverridesStore.NONE);
    }

    LiveProviders(LlmRegistry registry, Supplier<Configured> configuration, SettingNames names, SettingsCheck check,
            Consumer<LlmProviderChange> observers, OverridesStore store) {
        this.registry = registry;
        this.configuration = configuration;
        this.names = names;
        this.check = check;
        this.announcements = new Announcements(observers);
        this.store = store;
    }

    @Override
    public LlmProvider get(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    private IllegalArgumentException missing(String name) {
        LiveSettings settings = now().settings();
        String reason = check.check(settings.config(), settings.resolver()).absent().get(name);
        return new IllegalArgumentException(reason != null ? reason : MissingProvider.unknown(name, names()));
    }

    @Override
    public Optional<LlmProvider> find(String name) {
        return registry.find(name);
    }

    @Override
    public LlmProvider defaultProvider() {
        return get(LlmClient.DEFAULT);
    }

    @Override
    public SortedSet<String> names() {
        return registry.names();
    }

    @Override
    public Optional<String> active() {
        return registry.active();
    }

    @Override
    public LlmProviderSettings settings(String name) {
        Objects.requireNonNull(name, "name");
        if (registry.find(name).isEmpty()) {
            throw missing(name);
        }
        String behind = name.equals(LlmClient.DEFAULT) ? active().orElse(name) : name;
        return registry.settings(behind).map(new SettingsView(now().settings(), names)::of)
                .orElseGet(() -> new LlmProviderSettings(behind, Optional.empty(), List.of()));
    }

    @Override
    public void activate(String name) {
        Objects.requireNonNull(name, "name");
        if (registry.beans().contains(LlmClient.DEFAULT)) {
            throw new IllegalArgumentException(
                    "A bean of the application is the default provider: no other can take its place");
        }
        if (name.equals(LlmClient.DEFAULT) ? !now().settings().resolver().names().contains(name) : !names().contains(name)) {
            throw new IllegalArgumentException(name.equals(LlmClient.DEFAULT)
                    ? MissingProvider.notConfigured(name, List.of())
                    : MissingProvider.unknown(name, named()));
        }
        change(Cause.ACTIVATED, before -> before.withActive(name));
    }

    private List<String> named() {
        return names().stream().filter(name -> !name.equals(LlmClient.DEFAULT)).toList();
    }

    @Override
    public void update(String name, LlmProviderUpdate update) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(update, "update");
        checkUpdatable(name);
        SortedMap<String, Secret> values = new TreeMap<>();
        update.values().forEach((key, value) -> values.put(checked(name, key.replace("\"", "")), value));
        change(Cause.UPDATED, before -> before.with(name, originWith(before.with(name, "", values), name), values));
    }

    private String originWith(Overrides changed, String name) {
        return LiveSettings.of(now().configured(), changed).origin(name);
    }

    private void checkUpdatable(String name) {
        if (registry.beans().contains(name)) {
            throw new IllegalArgumentException(SettingKey.subject(name)
                    + " is a bean of the application: it has no settings to change");
        }
        if (registry.settings(name).isEmpty()) {
            throw name.equals(LlmClient.DEFAULT) && active().isPresent()
                    ? new IllegalArgumentException(
                            "'" + active().get() + "' stands behind the default provider: change that one")
                    : missing(name);
        }
    }

    private String checked(String name, String key) {
        if (!names.isOfProvider(key)) {
            throw new IllegalArgumentException("There is no setting " + new SettingKey(name, key)
                    + NearestName.question(key, names.values()));
        }
        return key;
    }

    @Override
    public void reset(String name) {
        Objects.requireNonNull(name, "name");
        if (registry.find(name).isEmpty()) {
            throw missing(name);
        }
        change(Cause.RESET, before -> before.without(name));
    }

    @Override
    public void reset() {
        change(Cause.RESET, before -> Overrides.NONE);
    }

    /** What became of files that were changed. */
    enum Reload {
        APPLIED,
        UNCHANGED,
        /** Which providers there are has changed: nothing was done. */
        OTHER_PROVIDERS
    }

    /**
     * Takes over what files of the configuration say now.
     *
     * @param telling runs what tells observers: whoever asks may hold what they wait for
     * @throws ConfigurationException with a sentence, when that is wrong; nothing has changed then
     */
    Reload reload(Collection<RereadFile> files, Executor telling) {
        List<LlmProviderChange> changes;
        synchronized (this) {
            State before = now();
            Configured changed = before.configured().reread(files);
            if (!names(changed).equals(names(before.configured()))) {
                return Reload.OTHER_PROVIDERS;
            }
            changes = become(Cause.RELOADED, State.of(changed, before.overrides()));
            announcements.add(changes);
        }
        telling.execute(announcements::tell);
        return changes.isEmpty() ? Reload.UNCHANGED : Reload.APPLIED;
    }

    private static SortedSet<String> names(Configured configured) {
        return LiveSettings.of(configured, Overrides.NONE).names();
    }

    /**
     * Makes again what was changed before a restart. Nobody is told: the application begins with it.
     *
     * @return what it is, as keys; empty for nothing
     * @throws ConfigurationException with a sentence, when it does not hold any more; all is as configured then
     */
    synchronized List<String> restore() {
        Overrides kept = store.load();
        if (!kept.isEmpty()) {
            become(Cause.UPDATED, State.of(now().configured(), kept));
        }
        return kept.keys();
    }

    private void change(Cause cause, UnaryOperator<Overrides> changed) {
        try {
            synchronized (this) {
                State before = now();
                announcements.add(become(cause, State.of(before.configured(), changed.apply(before.overrides()))));
                store.save(state.overrides());
            }
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        announcements.tell();
    }

    private List<LlmProviderChange> become(Cause cause, State after) {
        State before = now();
        LiveSettings settings = after.settings();
        SettingsCheck.Finding finding = check.check(settings.config(), settings.resolver());
        Map<String, String> absent = finding.absent();
        // what stands behind the default provider is to blame first
        named().forEach(name -> checkThere(name, settings, absent));
        registry.find(LlmClient.DEFAULT).ifPresent(there -> checkThere(LlmClient.DEFAULT, settings, absent));
        Collection<ProviderSettings> all = settings.all(registry.beans(), absent.keySet());
        registry.replace(all, settings.active());
        state = after;
        finding.whenMade().run();
        return new SettingsDiff(before.settings(), settings, names).changes(cause, registry.names());
    }

    /** A provider that somebody holds cannot go. */
    private void checkThere(String name, LiveSettings settings, Map<String, String> absent) {
        if (registry.beans().contains(name)) {
            return;
        } else if (absent.containsKey(name)) {
            throw new ConfigurationException(absent.get(name));
        }
        Optional<String> active = name.equals(LlmClient.DEFAULT) ? settings.active() : Optional.empty();
        String target = active.orElse(name);
        if (!registry.beans().contains(target) && !settings.resolver().names().contains(target)) {
            throw new ConfigurationException(active
                    .map(other -> MissingProvider.unknownActive(other) + NearestName.question(other, named()))
                    .orElseGet(() -> MissingProvider.notConfigured(name, registry.names())));
        }
    }

    private synchronized State now() {
        if (state == null) {
            state = State.of(configuration.get(), Overrides.NONE);
        }
        return state;
    }
}
