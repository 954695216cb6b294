package io.quarkiverse.llm.runtime.structured;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Finds what an answer lacks and where it has another kind of plain value than the schema says. Jackson takes what is missing
 * for {@code null} or zero, and makes numbers of strings and constants of numbers. It stays the judge of everything else: of
 * which string is a date, or whether the application lets one value stand for a list.
 */
final class SchemaCheck {

    /** A place in the answer and what is wrong with it, as it stands in a sentence behind the path. */
    record Misfit(String path, String what) {
    }

    private static final List<String> PLAIN = List.of("integer", "number", "boolean", "string");

    private final JsonNode root;

    SchemaCheck(JsonNode schema) {
        this.root = schema;
    }

    Optional<Misfit> of(JsonNode schema, JsonNode value, String path) {
        JsonNode resolved = resolve(schema);
        if (value.isNull()) {
            return takesNull(resolved) ? Optional.empty() : Optional.of(new Misfit(path, "is null"));
        } else if (resolved.has("anyOf")) {
            return ofChoice(resolved.get("anyOf"), value, path);
        } else if (value.isObject()) {
            return ofObject(resolved, value, path);
        } else if (value.isArray() && resolved.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                Optional<Misfit> misfit = of(resolved.get("items"), value.get(i), path + "[" + i + "]");
                if (misfit.isPresent()) {
                    return misfit;
                }
            }
        } else if (value.isValueNode()) {
            return ofPlain(StrictSchema.types(resolved), value, path);
        }
        return Optional.empty();
    }

    private static Optional<Misfit> ofPlain(Set<String> types, JsonNode value, String path) {
        String kind = kind(value);
        return types.contains(kind) || kind.equals("integer") && types.contains("number")
                ? Optional.empty()
                : PLAIN.stream().filter(types::contains).findFirst().map(expected -> new Misfit(path,
                        "is " + (kind.equals("integer") ? "an " : "a ") + kind + " and no " + expected));
    }

    /** As JSON Schema has it, {@code 5.0} is an integer. */
    private static String kind(JsonNode value) {
        if (value.isNumber()) {
            boolean whole = value.isBigDecimal() && value.decimalValue().stripTrailingZeros().scale() <= 0;
            return value.isIntegralNumber() || whole ? "integer" : "number";
        }
        return value.isBoolean() ? "boolean" : "string";
    }

    private Optional<Misfit> ofObject(JsonNode schema, JsonNode value, String path) {
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            JsonNode part = value.get(property.getKey());
            String place = AnswerPath.property(path, property.getKey());
            Optional<Misfit> misfit = part != null ? of(property.getValue(), part, place)
                    : takesNull(resolve(property.getValue())) ? Optional.empty() : Optional.of(new Misfit(place, "is missing"));
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> part : others.isObject() ? value.properties()
                : Set.<Map.Entry<String, JsonNode>> of()) {
            Optional<Misfit> misfit = properties.has(part.getKey()) ? Optional.empty()
                    : of(others, part.getValue(), AnswerPath.property(path, part.getKey()));
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        return Optional.empty();
    }

    private Optional<Misfit> ofChoice(JsonNode choices, JsonNode value, String path) {
        JsonNode chosen = null;
        int fit = 0;
        for (JsonNode choice : choices) {
            JsonNode resolved = resolve(choice);
            if (!StrictSchema.types(resolved).equals(Set.of("null")) && hasConstants(resolved, value)) {
                chosen = resolved;
                fit++;
            }
        }
        return fit == 1 ? of(chosen, value, path) : Optional.empty();
    }

    /** Whether the value has what tells this choice from the others. */
    private static boolean hasConstants(JsonNode choice, JsonNode value) {
        return choice.path("properties").properties().stream().filter(property -> property.getValue().path("enum").size() == 1)
                .allMatch(property -> property.getValue().get("enum").get(0).equals(value.path(property.getKey())));
    }

    private boolean takesNull(JsonNode schema) {
        if (schema.has("anyOf")) {
            for (JsonNode choice : schema.get("anyOf")) {
                if (takesNull(resolve(choice))) {
                    return true;
                }
            }
            return false;
        }
        return !schema.has("type") && !schema.has("enum") || StrictSchema.types(schema).contains("null");
    }

    private JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.get("$ref");
        return reference == null ? schema : resolve(root.at(reference.asText().substring(1)));
    }
}
