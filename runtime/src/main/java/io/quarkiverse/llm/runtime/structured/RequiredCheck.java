package io.quarkiverse.llm.runtime.structured;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Finds what an answer lacks. Jackson finds what is there and does not fit, and is the judge of what may stand for what, such
 * as {@code "3"} for a number; but it takes what is missing for {@code null} or zero.
 */
final class RequiredCheck {

    /** A place in the answer and what is wrong with it, as it stands in a sentence behind the path. */
    record Lack(String path, String what) {
    }

    private final JsonNode root;

    RequiredCheck(JsonNode schema) {
        this.root = schema;
    }

    Optional<Lack> of(JsonNode schema, JsonNode value, String path) {
        JsonNode resolved = resolve(schema);
        if (value.isNull()) {
            return takesNull(resolved) ? Optional.empty() : Optional.of(new Lack(path, "is null"));
        } else if (resolved.has("anyOf")) {
            return ofChoice(resolved.get("anyOf"), value, path);
        } else if (value.isObject()) {
            return ofObject(resolved, value, path);
        } else if (value.isArray() && resolved.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                Optional<Lack> lack = of(resolved.get("items"), value.get(i), path + "[" + i + "]");
                if (lack.isPresent()) {
                    return lack;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Lack> ofObject(JsonNode schema, JsonNode value, String path) {
        JsonNode properties = schema.path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            JsonNode part = value.get(property.getKey());
            String place = AnswerPath.property(path, property.getKey());
            Optional<Lack> lack = part != null ? of(property.getValue(), part, place)
                    : takesNull(resolve(property.getValue())) ? Optional.empty() : Optional.of(new Lack(place, "is missing"));
            if (lack.isPresent()) {
                return lack;
            }
        }
        JsonNode others = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> part : others.isObject() ? value.properties()
                : Set.<Map.Entry<String, JsonNode>> of()) {
            Optional<Lack> lack = properties.has(part.getKey()) ? Optional.empty()
                    : of(others, part.getValue(), AnswerPath.property(path, part.getKey()));
            if (lack.isPresent()) {
                return lack;
            }
        }
        return Optional.empty();
    }

    private Optional<Lack> ofChoice(JsonNode choices, JsonNode value, String path) {
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
