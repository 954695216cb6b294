package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The field that makes answers repeatable. */
public enum SeedField implements NamedValue {
    /** {@code seed} */
    SEED,
    /** {@code random_seed}, Mistral's name. */
    RANDOM_SEED;

    /** As it stands in the body. */
    public String wireName() {
        return configName().replace('-', '_');
    }
}
