package io.quarkiverse.llm.runtime.config;

import java.util.SortedMap;
import java.util.TreeMap;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * The properties of one provider, in the spelling of the configuration: a name in quotes makes another property than the same
 * name without.
 *
 * @param prefix of all of them: {@code quarkus.llm.local.}
 */
public record ProviderKeys(SmallRyeConfig config, String prefix) {

    public static ProviderKeys of(SmallRyeConfig config, String provider) {
        String quoted = "quarkus.llm.\"" + provider + "\".";
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(quoted)) {
                return new ProviderKeys(config, quoted);
            }
        }
        return new ProviderKeys(config, new SettingKey(provider, "").property());
    }

    /**
     * @param key without quotes: {@code headers.X-Team}
     */
    public String property(SettingNames names, String key) {
        return names.maps().stream().filter(map -> key.startsWith(map + ".")).findFirst()
                .map(map -> prefix + map + "." + quoted(key.substring(map.length() + 1))).orElse(prefix + key);
    }

    private static String quoted(String name) {
        return name.matches("[\\w-]+") ? name : '"' + name + '"';
    }

    /** All that have a value, by key. */
    public SortedMap<String, ConfigValue> values(SettingNames names) {
        SortedMap<String, ConfigValue> values = new TreeMap<>();
        names.values().forEach(key -> put(values, key, prefix + key));
        for (String property : config.getPropertyNames()) {
            if (property.startsWith(prefix)) {
                String key = property.substring(prefix.length());
                if (isElement(key, names) || names.maps().stream().anyMatch(map -> key.startsWith(map + "."))) {
                    put(values, key.replace("\"", ""), property);
                }
            }
        }
        return values;
    }

    /** Of a list: {@code stop[0]}. */
    private static boolean isElement(String key, SettingNames names) {
        return key.endsWith("]") && names.values().contains(key.replaceFirst("\\[\\d+]$", ""));
    }

    private void put(SortedMap<String, ConfigValue> values, String key, String property) {
        ConfigValue value = config.getConfigValue(property);
        if (value.getValue() != null && !value.getValue().isEmpty()) {
            values.put(key, value);
        }
    }
}
