package io.quarkiverse.llm.scripted.grammar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The fields that a JSON object must have, and the kinds of value that each may have. Further ones are allowed. */
final class Fields {

    private enum Kind {
        ANY,
        ARRAY,
        BOOLEAN,
        /** A string that is not empty. */
        ID,
        INTEGER,
        NULL,
        NUMBER,
        OBJECT,
        STRING;

        static Kind of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        boolean has(Object value) {
            return switch (this) {
                case ANY -> true;
                case ARRAY -> value instanceof JsonArray;
                case BOOLEAN -> value instanceof Boolean;
                case ID -> value instanceof String text && !text.isEmpty();
                case INTEGER -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
                case NULL -> value == null;
                case NUMBER -> value instanceof Number;
                case OBJECT -> value instanceof JsonObject;
                case STRING -> value instanceof String;
            };
        }
    }

    private final Map<String, String> kinds = new LinkedHashMap<>();

    private Fields() {
    }

    /** @param fields each a name and its kinds, such as {@code "error object|null"} */
    static Fields of(String... fields) {
        Fields all = new Fields();
        for (String field : fields) {
            all.kinds.put(field.substring(0, field.indexOf(' ')), field.substring(field.indexOf(' ') + 1));
        }
        return all;
    }

    /** These and more. */
    Fields and(String... fields) {
        Fields all = of(fields);
        all.kinds.putAll(kinds);
        return all;
    }

    /** What is missing or of another kind: ends of sentences about the object. */
    List<String> faults(Object json) {
        if (!(json instanceof JsonObject object)) {
            return List.of("is no object");
        }
        List<String> faults = new ArrayList<>();
        kinds.forEach((name, allowed) -> {
            Object value = object.getValue(name);
            if (!object.containsKey(name)) {
                faults.add("has no " + name);
            } else if (Arrays.stream(allowed.split("\\|")).noneMatch(kind -> Kind.of(kind).has(value))) {
                faults.add("has the " + name + " " + shown(value) + ", which is not " + allowed.replace("|", " or "));
            }
        });
        return faults;
    }

    private static String shown(Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
