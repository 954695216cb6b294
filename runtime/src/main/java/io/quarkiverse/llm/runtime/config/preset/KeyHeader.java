package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** The header in which the API key is sent. */
public enum KeyHeader implements NamedValue {
    /** {@code Authorization: Bearer KEY} */
    BEARER,
    /** {@code api-key: KEY}, as Azure wants it. */
    API_KEY,
    /** {@code x-api-key: KEY} */
    X_API_KEY;

    /** The name of the header, in lower case. */
    public String header() {
        return this == BEARER ? "authorization" : configName();
    }

    /** What the header holds for that key. */
    public String value(Secret key) {
        return this == BEARER ? "Bearer " + key.reveal() : key.reveal();
    }
}
