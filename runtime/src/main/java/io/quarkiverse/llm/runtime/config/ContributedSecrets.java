package io.quarkiverse.llm.runtime.config;

import java.util.stream.Stream;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * Withholds what an extension says by default of a provider, where the application puts another server in the place of the
 * extension's.
 */
public record ContributedSecrets(SmallRyeConfig config) implements Withheld {

    @Override
    public boolean test(String provider, String key) {
        String prefix = ProviderKeys.of(config, provider).prefix();
        return isDefault(prefix, key) && (isSaid(prefix + "base-url") || isSaid(prefix + "preset"));
    }

    private boolean isDefault(String prefix, String key) {
        int name = key.indexOf('.') + 1;
        return Stream.of(prefix + key, prefix + key.substring(0, name) + '"' + key.substring(name) + '"')
                .map(config::getConfigValue).filter(value -> value.getValue() != null).findFirst()
                .filter(ConfigValue::isDefault)
                .isPresent();
    }

    private boolean isSaid(String property) {
        ConfigValue value = config.getConfigValue(property);
        return value.getValue() != null && !value.getValue().isEmpty() && !value.isDefault();
    }
}
