package io.quarkiverse.llm.runtime.config.value;

import java.util.Locale;

import org.eclipse.microprofile.config.spi.Converter;

/** Reads a boolean. The usual converter takes everything that it does not know for {@code false}. */
public final class TrueOrFalse implements Converter<Boolean> {

    private static final long serialVersionUID = 1L;

    @Override
    public Boolean convert(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + value.strip() + "' is neither true nor false");
        };
    }
}
