package io.quarkiverse.llm.runtime.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.ConfigCopy;
import io.quarkiverse.llm.runtime.config.ProviderKeys;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;

/**
 * The configuration of the application, without what is changed on top of it.
 *
 * @param original as the application has it, a snapshot of its start
 * @param config as it is read
 * @param names of all settings there are
 * @param loader of the application: whoever asks for a change may run with another one
 */
record Configured(SmallRyeConfig original, SmallRyeConfig config, SettingNames names, ClassLoader loader) {

    /** Where settings come from that were changed. */
    static final String CHANGED = "changed at run time";
    /** Above system properties, which have 400. */
    private static final int ORDINAL = 500;

    static Configured of(SmallRyeConfig original, SettingNames names, ClassLoader loader) {
        return new Configured(original, ConfigCopy.of(original, loader), names, loader);
    }

    /**
     * With these files as they are now.
     *
     * @throws ConfigurationException when one cannot be read, or holds a value that cannot be
     */
    Configured reread(Collection<RereadFile> files) {
        SmallRyeConfig now = ConfigCopy.of(original, loader, sources -> RereadFile.replace(sources, files, loader));
        return new Configured(original, now, names, loader);
    }

    /**
     * The configuration with the overrides.
     *
     * @throws ConfigurationException when one of them cannot be read
     */
    SmallRyeConfig with(Overrides overrides) {
        PropertiesConfigSource source = new PropertiesConfigSource(properties(overrides), CHANGED, ORDINAL);
        return ConfigCopy.of(config, loader, sources -> Stream.concat(sources.stream(), Stream.of(source)).toList());
    }

    private Map<String, String> properties(Overrides overrides) {
        Map<String, String> properties = new HashMap<>();
        overrides.active().ifPresent(name -> properties.put(SettingKey.ACTIVE, name.equals(LlmClient.DEFAULT) ? "" : name));
        overrides.values().forEach((provider, values) -> {
            ProviderKeys keys = ProviderKeys.of(config, provider);
            values.forEach((key, override) -> properties.put(keys.property(names, key), literal(override.value().reveal())));
        });
        return properties;
    }

    /** A dollar would begin an expression, by which a caller could read any other key. */
    private static String literal(String value) {
        return value.replace("$", "\\$");
    }
}
