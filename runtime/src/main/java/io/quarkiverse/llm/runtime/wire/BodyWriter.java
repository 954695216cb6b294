package io.quarkiverse.llm.runtime.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;

/**
 * Writes the top-level fields of a body, leaving out what is not said and what is not ours to write.
 *
 * @param extra the fields that are written last, in this order, instead of ours
 * @param omitted the fields that the server must not see
 */
public record BodyWriter(JsonGenerator json, Map<String, RawJson> extra, Predicate<String> omitted) {

    /** Writes the name, if it is ours to write; the caller writes the value then. */
    public boolean begins(String name) throws IOException {
        if (extra.containsKey(name) || omitted.test(name)) {
            return false;
        }
        json.writeFieldName(name);
        return true;
    }

    public void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent() && begins(name)) {
            json.writeString(value.get());
        }
    }

    public void number(String name, Optional<? extends Number> value) throws IOException {
        if (value.isPresent() && begins(name)) {
            json.writeNumber(value.get().toString());
        }
    }

    public void bool(String name, Optional<Boolean> value) throws IOException {
        if (value.isPresent()) {
            bool(name, value.get());
        }
    }

    public void bool(String name, boolean value) throws IOException {
        if (begins(name)) {
            json.writeBoolean(value);
        }
    }

    public void texts(String name, List<String> values) throws IOException {
        if (!values.isEmpty() && begins(name)) {
            json.writeArray(values.toArray(String[]::new), 0, values.size());
        }
    }

    public void texts(String name, Map<String, String> values) throws IOException {
        if (!values.isEmpty() && begins(name)) {
            json.writeStartObject();
            for (Map.Entry<String, String> value : values.entrySet()) {
                JsonText.writeName(json, value.getKey());
                json.writeString(value.getValue());
            }
            json.writeEndObject();
        }
    }

    void writeExtra() throws IOException {
        for (Map.Entry<String, RawJson> field : extra.entrySet()) {
            JsonText.writeName(json, field.getKey());
            JsonText.write(json, field.getValue());
        }
    }
}
