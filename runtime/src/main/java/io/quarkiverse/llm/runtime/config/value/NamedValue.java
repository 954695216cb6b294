package io.quarkiverse.llm.runtime.config.value;

import java.util.Locale;

/** A constant that has a name in the configuration. */
public interface NamedValue {

    /** The constant's own name, provided by every enum. */
    String name();

    /** In lower case, with dashes: {@code llama-cpp}. */
    default String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
