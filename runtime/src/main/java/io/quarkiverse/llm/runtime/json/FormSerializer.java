package io.quarkiverse.llm.runtime.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;

/** Lets Jackson write what a writer of this package writes. */
final class FormSerializer<T> extends JsonSerializer<T> {

    /** One of the {@code write} methods of this package. */
    @FunctionalInterface
    interface Writer<T> {

        void write(JsonGenerator out, T value) throws IOException;
    }

    private final Writer<? super T> writer;

    FormSerializer(Writer<? super T> writer) {
        this.writer = writer;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
        writer.write(out, value);
    }

    /** The form says itself what it is of. */
    @Override
    public void serializeWithType(T value, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
            throws IOException {
        writer.write(out, value);
    }
}
