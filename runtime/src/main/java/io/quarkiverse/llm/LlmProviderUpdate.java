package io.quarkiverse.llm;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * New values for settings of a provider, for {@link LlmProviders#update}. Immutable: each method returns another one.
 *
 * <pre>{@code
 * providers.update("local", LlmProviderUpdate.model("qwen3:8b").with("idle-timeout", "30s"));
 * }</pre>
 */
public final class LlmProviderUpdate {

    private final SortedMap<String, Secret> values;

    private LlmProviderUpdate(SortedMap<String, Secret> values) {
        this.values = Collections.unmodifiableSortedMap(values);
    }

    /** The model for requests that name none. */
    public static LlmProviderUpdate model(String model) {
        return of("model", model);
    }

    /** Another server. No key of the configuration goes to another host. */
    public static LlmProviderUpdate baseUrl(String baseUrl) {
        return of("base-url", baseUrl);
    }

    /** Another key for the server. */
    public static LlmProviderUpdate apiKey(Secret apiKey) {
        return none().with("api-key", apiKey);
    }

    /**
     * Any setting.
     *
     * @param key as in the configuration, after the name of the provider: {@code wire-api}, {@code headers.X-Team}
     * @param value as in the configuration, but taken literally: {@code ${...}} is no expression; empty takes a setting away
     *        that need not be there
     */
    public static LlmProviderUpdate of(String key, String value) {
        return none().with(key, value);
    }

    /** Many settings at once, by their keys; as {@link #of(String, String)}. */
    public static LlmProviderUpdate of(Map<String, String> values) {
        LlmProviderUpdate update = none();
        for (Map.Entry<String, String> value : values.entrySet()) {
            update = update.with(value.getKey(), value.getValue());
        }
        return update;
    }

    private static LlmProviderUpdate none() {
        return new LlmProviderUpdate(new TreeMap<>());
    }

    /** These changes, and another one; as {@link #of(String, String)}. */
    public LlmProviderUpdate with(String key, String value) {
        return with(key, Secret.of(value));
    }

    /** These changes, and another one, whose value is not to be seen in the code that makes it. */
    public LlmProviderUpdate with(String key, Secret value) {
        SortedMap<String, Secret> more = new TreeMap<>(values);
        more.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return new LlmProviderUpdate(more);
    }

    /** The new values by their keys. */
    public SortedMap<String, Secret> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LlmProviderUpdate update && values.equals(update.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "LlmProviderUpdate" + values.keySet();
    }
}
