package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonGenerator;

/** Reads and writes points in time as seconds since 1970, with a fraction where there is one. */
public final class InstantJson {

    private static final int NANO_DIGITS = 9;

    private InstantJson() {
    }

    public static void write(JsonGenerator out, Instant instant) throws IOException {
        if (instant.getNano() == 0) {
            out.writeNumber(instant.getEpochSecond());
        } else {
            out.writeNumber(BigDecimal.valueOf(instant.getEpochSecond())
                    .add(BigDecimal.valueOf(instant.getNano(), NANO_DIGITS)).stripTrailingZeros());
        }
    }

    /** What is finer than a nanosecond is cut off. */
    public static Instant read(JsonValue value) {
        BigDecimal seconds = value.decimal();
        // a number such as 1e999999999 must not be written out
        if (Math.abs((long) seconds.scale()) > 1000) {
            throw value.wrong("is out of range");
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        try {
            return Instant.ofEpochSecond(whole.longValueExact(),
                    seconds.subtract(whole).movePointRight(NANO_DIGITS).longValue());
        } catch (ArithmeticException | DateTimeException e) {
            throw value.wrong("is out of range");
        }
    }
}
