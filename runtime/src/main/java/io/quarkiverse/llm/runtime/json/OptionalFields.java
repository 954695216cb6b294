package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.RawJson;

/** Writes fields that are left out when they say nothing. */
public final class OptionalFields {

    private OptionalFields() {
    }

    public static void string(JsonGenerator out, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get());
        }
    }

    public static void integer(JsonGenerator out, String name, Optional<? extends Number> value) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(name, value.get().longValue());
        }
    }

    public static void number(JsonGenerator out, String name, Optional<Double> value) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(name, value.get().doubleValue());
        }
    }

    public static void bool(JsonGenerator out, String name, Optional<Boolean> value) throws IOException {
        if (value.isPresent()) {
            out.writeBooleanField(name, value.get());
        }
    }

    public static void strings(JsonGenerator out, String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        }
    }

    public static void strings(JsonGenerator out, String name, Map<String, String> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeObjectFieldStart(name);
            for (Map.Entry<String, String> value : values.entrySet()) {
                JsonText.writeName(out, value.getKey());
                out.writeString(value.getValue());
            }
            out.writeEndObject();
        }
    }

    public static void raw(JsonGenerator out, String name, Map<String, RawJson> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeObjectFieldStart(name);
            for (Map.Entry<String, RawJson> value : values.entrySet()) {
                JsonText.writeName(out, value.getKey());
                JsonText.write(out, value.getValue());
            }
            out.writeEndObject();
        }
    }
}
