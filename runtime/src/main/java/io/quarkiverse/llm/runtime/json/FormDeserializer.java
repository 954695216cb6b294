package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;

/** Lets Jackson read what a reader of this package reads. */
final class FormDeserializer<T> extends JsonDeserializer<T> {

    private final Class<T> type;
    private final Function<JsonValue, ?> reader;

    /**
     * @param type what is asked for
     * @param reader of it or of what it is a kind of
     */
    FormDeserializer(Class<T> type, Function<JsonValue, ?> reader) {
        this.type = type;
        this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Object value;
        try {
            value = reader.apply(JsonValue.of(JsonText.read(parser)));
        } catch (JsonShapeException e) {
            throw (MismatchedInputException) MismatchedInputException.from(parser, type, e.getMessage()).initCause(e);
        }
        if (!type.isInstance(value)) {
            throw MismatchedInputException.from(parser, type,
                    type.getSimpleName() + " was asked for, but this is " + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    /** The form says itself what it is of. */
    @Override
    public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
            throws IOException {
        return deserialize(parser, context);
    }
}
