package io.quarkiverse.llm.deployment;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmProvider;
import io.quarkus.builder.item.MultiBuildItem;

/**
 * By which another extension brings a provider along. The application injects it with {@code @LlmClient("name")} and
 * finds it in {@code LlmProviders} like any other.
 * <p>
 * A bean of the application goes before it, and so does a server that the application configures under the same name; among
 * extensions the higher priority does. Each of these is reported; two extensions of equal priority fail the build.
 */
public final class LlmProviderBuildItem extends MultiBuildItem {

    private final String name;
    private final String source;
    private final int priority;
    private final Map<String, String> settings;
    private final Optional<Supplier<LlmProvider>> provider;

    private LlmProviderBuildItem(String name, String source, int priority, Map<String, String> settings,
            Optional<Supplier<LlmProvider>> provider) {
        this.name = Objects.requireNonNull(name, "name");
        this.source = Objects.requireNonNull(source, "source");
        this.priority = priority;
        this.settings = Map.copyOf(settings);
        this.provider = provider;
    }

    /**
     * A server that we speak to as to a configured one. The settings are defaults: each key that the application sets itself
     * goes before.
     *
     * @param name as in {@code @LlmClient("name")}
     * @param source what contributes the provider, for messages: the name of the extension
     * @param settings what else would stand behind {@code quarkus.llm.NAME.}, by key: {@code base-url} or {@code preset} at
     *        least
     * @throws IllegalArgumentException when neither is there
     */
    public static LlmProviderBuildItem configured(String name, String source, Map<String, String> settings) {
        if (!settings.containsKey("base-url") && !settings.containsKey("preset")) {
            throw new IllegalArgumentException(source + ": the provider '" + name + "' needs base-url or preset");
        }
        return new LlmProviderBuildItem(name, source, 0, settings, Optional.empty());
    }

    /**
     * A provider of the extension's own.
     *
     * @param name as in {@code @LlmClient("name")}
     * @param source what contributes the provider, for messages: the name of the extension
     * @param provider what a method of a recorder has returned; asked once, when the provider is first used
     */
    public static LlmProviderBuildItem provided(String name, String source, Supplier<LlmProvider> provider) {
        return new LlmProviderBuildItem(name, source, 0, Map.of(), Optional.of(provider));
    }

    /**
     * A name that neither an injection point nor the configuration shows to the build, so that it gets a bean; its
     * settings come from elsewhere. Is in nobody's way.
     *
     * @param name as in {@code @LlmClient("name")}
     * @param source what says so, for messages: the name of the extension
     */
    public static LlmProviderBuildItem named(String name, String source) {
        return new LlmProviderBuildItem(name, source, 0, Map.of(), Optional.empty());
    }

    /** The same with a priority: among extensions the higher one goes first. It is 0 unless said. */
    public LlmProviderBuildItem withPriority(int priority) {
        return new LlmProviderBuildItem(name, source, priority, settings, provider);
    }

    public String getName() {
        return name;
    }

    public String getSource() {
        return source;
    }

    public int getPriority() {
        return priority;
    }

    /** Empty where the provider is not a configured one. */
    public Map<String, String> getSettings() {
        return settings;
    }

    /** Empty where the provider is a configured one, or a name alone. */
    public Optional<Supplier<LlmProvider>> getProvider() {
        return provider;
    }
}
