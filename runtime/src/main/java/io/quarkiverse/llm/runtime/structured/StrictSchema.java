package io.quarkiverse.llm.runtime.structured;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The one place that makes a schema keep to what
 * <a href="https://platform.openai.com/docs/guides/structured-outputs#supported-schemas">strict servers</a> take: the
 * root is an object, objects are closed and all their properties required, a reference stands alone, and there are no
 * keywords but theirs. What cannot be said so, such as a map, stays as it is and makes the schema one that is not strict.
 */
final class StrictSchema {

    private static final Set<String> KEYWORDS = Set.of("type", "properties", "required", "additionalProperties", "items",
            "anyOf", "enum", "$ref", "$defs", "description", "pattern", "format", "multipleOf", "minimum", "maximum",
            "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems");
    private static final Set<String> FORMATS = Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4",
            "ipv6", "uuid");
    private static final String DEFINITIONS = "$defs";
    private static final String REFERENCE = "$ref";
    private static final String TO_DEFINITION = "#/" + DEFINITIONS + "/";
    private static final String TO_ROOT = "#";

    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    private boolean open;
    private boolean recursive;

    private ObjectNode schema;
    private boolean wrapped;

    private StrictSchema() {
    }

    /**
     * @param generated is changed
     * @param name of the definition of the root, should it need one
     */
    static StrictSchema of(ObjectNode generated, String name) {
        StrictSchema strict = new StrictSchema();
        strict.apply(generated, name);
        return strict;
    }

    ObjectNode schema() {
        return schema;
    }

    /** Whether strict servers take it. */
    boolean strict() {
        return !open;
    }

    /** Whether what was asked for stands in a field of the object. */
    boolean wrapped() {
        return wrapped;
    }

    private void apply(ObjectNode root, String name) {
        if (root.remove(DEFINITIONS) instanceof ObjectNode all) {
            definitions.setAll(all);
        }
        String rootName = name;
        while (definitions.has(rootName)) {
            rootName += "_";
        }
        visit(root, TO_DEFINITION + rootName);
        for (JsonNode definition : definitions) {
            visit(definition, TO_DEFINITION + rootName);
        }
        if (recursive) {
            // "#" would mean the wrapper, and servers that make a grammar of the schema do not know it (llama.cpp)
            definitions.set(rootName, root.deepCopy());
        }
        wrapped = !root.path("type").asText().equals("object");
        schema = wrapped ? closed(JsonNodeFactory.instance.objectNode().put("type", "object").set("properties",
                JsonNodeFactory.instance.objectNode().set(OutputSchema.VALUE, root))) : root;
        Set<String> used = new LinkedHashSet<>();
        collectReferences(schema, used);
        definitions.retain(used);
        if (!definitions.isEmpty()) {
            schema.set(DEFINITIONS, definitions);
        }
    }

    private void collectReferences(JsonNode node, Set<String> names) {
        String reference = node.path(REFERENCE).asText();
        if (reference.startsWith(TO_DEFINITION) && names.add(reference.substring(TO_DEFINITION.length()))) {
            collectReferences(target(reference), names);
        }
        node.forEach(part -> collectReferences(part, names));
    }

    private void visit(JsonNode node, String root) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        mergeParts(object);
        rename(object);
        object.retain(KEYWORDS);
        if (!types(object).contains("object")) {
            object.remove("additionalProperties");
        }
        if (object.has("format") && !FORMATS.contains(object.get("format").asText())) {
            object.remove("format");
        }
        describeOnce(object);
        referTo(object, root);
        object.path("properties").forEach(property -> visit(property, root));
        object.path("anyOf").forEach(choice -> visit(choice, root));
        visit(object.path("items"), root);
        visit(object.path("additionalProperties"), root);
        addNull(object);
        close(object);
    }

    /** Parts that must hold at once, as for unwrapped properties and for subtypes, are one object. */
    private void mergeParts(ObjectNode object) {
        if (object.has(REFERENCE) && object.has("properties")) {
            merge(target(object.remove(REFERENCE).asText()), object);
        }
        if (object.remove("allOf") instanceof ArrayNode parts) {
            for (JsonNode part : parts) {
                merge(part.has(REFERENCE) ? target(part.get(REFERENCE).asText()) : part, object);
            }
        }
    }

    private JsonNode target(String reference) {
        return definitions.path(reference.substring(reference.lastIndexOf('/') + 1)).deepCopy();
    }

    private static void merge(JsonNode part, ObjectNode object) {
        for (Map.Entry<String, JsonNode> field : part.properties()) {
            if (field.getKey().equals("properties") && object.get("properties") instanceof ObjectNode properties) {
                properties.setAll((ObjectNode) field.getValue());
            } else {
                object.set(field.getKey(), field.getValue());
            }
        }
    }

    private static void rename(ObjectNode object) {
        if (object.has("oneOf")) {
            object.set("anyOf", object.remove("oneOf"));
        }
        JsonNode constant = object.remove("const");
        if (constant != null) {
            if (constant.isTextual()) {
                object.put("type", "string");
            }
            object.putArray("enum").add(constant);
        }
        // the value that tells the others apart is best written first
        if (object.get("properties") instanceof ObjectNode properties) {
            ObjectNode first = JsonNodeFactory.instance.objectNode();
            properties.properties().stream().filter(property -> property.getValue().has("const"))
                    .forEach(property -> first.set(property.getKey(), property.getValue()));
            if (!first.isEmpty()) {
                object.set("properties", first.setAll(properties));
            }
        }
    }

    /** What is said of each choice is said of all. */
    private static void describeOnce(ObjectNode object) {
        JsonNode choices = object.path("anyOf");
        Set<String> descriptions = new HashSet<>();
        choices.forEach(choice -> descriptions.add(choice.path("description").asText()));
        if (choices.size() > 1 && descriptions.size() == 1 && !object.has("description")) {
            String description = descriptions.iterator().next();
            if (!description.isEmpty()) {
                object.put("description", description);
                choices.forEach(choice -> ((ObjectNode) choice).remove("description"));
            }
        }
    }

    private void referTo(ObjectNode object, String root) {
        JsonNode reference = object.get(REFERENCE);
        if (reference == null) {
            return;
        }
        if (reference.asText().equals(TO_ROOT)) {
            object.put(REFERENCE, root);
            recursive = true;
        }
        if (object.size() > 1) {
            JsonNode alone = JsonNodeFactory.instance.objectNode().set(REFERENCE, object.remove(REFERENCE));
            object.putArray("anyOf").add(alone);
        }
    }

    private static void addNull(ObjectNode object) {
        if (object.get("enum") instanceof ArrayNode values && types(object).contains("null")) {
            List<JsonNode> all = new ArrayList<>();
            values.forEach(all::add);
            if (all.stream().noneMatch(JsonNode::isNull)) {
                values.addNull();
            }
        }
    }

    private void close(ObjectNode object) {
        if (object.isEmpty() || object.size() == 1 && object.has("description")) {
            open = true;
        } else if (types(object).contains("object")) {
            boolean takesOthers = !object.has("additionalProperties") && !object.has("properties")
                    || object.path("additionalProperties").isObject() || object.path("additionalProperties").asBoolean();
            if (takesOthers) {
                open = true;
            } else {
                closed(object);
            }
        }
    }

    private static ObjectNode closed(JsonNode node) {
        ObjectNode object = (ObjectNode) node;
        JsonNode properties = object.has("properties") ? object.get("properties") : object.putObject("properties");
        ArrayNode required = object.putArray("required");
        properties.fieldNames().forEachRemaining(required::add);
        object.put("additionalProperties", false);
        return object;
    }

    static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<String> types = new HashSet<>();
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(each -> types.add(each.asText()));
        return types;
    }
}
