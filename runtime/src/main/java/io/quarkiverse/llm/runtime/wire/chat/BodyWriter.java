package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;

/** Writes the top-level fields of a body, leaving out what is not said and what somebody else will write. */
record BodyWriter(JsonGenerator json, Set<String> others) {

    /** Writes the name, if it is ours to write; the caller writes the value then. */
    boolean begins(String name) throws IOException {
        if (others.contains(name)) {
            return false;
        }
        json.writeFieldName(name);
        return true;
    }

    void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent() && begins(name)) {
            json.writeString(value.get());
        }
    }

    void number(String name, Optional<? extends Number> value) throws IOException {
        if (value.isPresent() && begins(name)) {
            json.writeNumber(value.get().toString());
        }
    }

    void bool(String name, Optional<Boolean> value) throws IOException {
        if (value.isPresent()) {
            bool(name, value.get());
        }
    }

    void bool(String name, boolean value) throws IOException {
        if (begins(name)) {
            json.writeBoolean(value);
        }
    }

    void texts(String name, List<String> values) throws IOException {
        if (!values.isEmpty() && begins(name)) {
            json.writeArray(values.toArray(String[]::new), 0, values.size());
        }
    }

    void texts(String name, Map<String, String> values) throws IOException {
        if (!values.isEmpty() && begins(name)) {
            json.writeStartObject();
            for (Map.Entry<String, String> value : values.entrySet()) {
                json.writeStringField(value.getKey(), value.getValue());
            }
            json.writeEndObject();
        }
    }
}
