package io.quarkiverse.llm.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A plain application's mapper, and what it is expected to do. */
final class Form {

    static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules();

    private Form() {
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(Class<T> type, String json) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value is written as that text, and that text read as the value: by its common type and by its own. */
    static <T> void assertForm(T value, Class<? super T> type, String json) {
        assertThat(write(value)).isEqualTo(json);
        assertReads(type, json, value);
        assertReads(value.getClass(), json, value);
    }

    static void assertReads(Class<?> type, String json, Object value) {
        assertThat((Object) read(type, json)).isEqualTo(value);
    }

    static void assertRefused(Class<?> type, String json, String message) {
        assertThatThrownBy(() -> MAPPER.readValue(json, type)).isInstanceOf(JsonMappingException.class)
                .extracting(failure -> ((JsonMappingException) failure).getOriginalMessage()).isEqualTo(message);
    }
}
