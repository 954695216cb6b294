package io.quarkiverse.llm.runtime.structured;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What https://platform.openai.com/docs/guides/structured-outputs asks of a schema, read from the page. */
final class StrictRules {

    private static final Set<String> SUPPORTED = Set.of("type", "properties", "required", "additionalProperties", "items",
            "anyOf", "enum", "$ref", "$defs", "description", "pattern", "format", "multipleOf", "maximum", "minimum",
            "exclusiveMaximum", "exclusiveMinimum", "minItems", "maxItems");

    private StrictRules() {
    }

    static void assertHold(JsonObject root) {
        assertThat(root.getString("type")).as("root").isEqualTo("object");
        assertNode(root, root, "$");
        for (String name : root.getJsonObject("$defs", new JsonObject()).fieldNames()) {
            assertNode(root.getJsonObject("$defs").getJsonObject(name), root, "$defs." + name);
        }
    }

    private static void assertNode(JsonObject node, JsonObject root, String at) {
        assertThat(SUPPORTED).as(at).containsAll(node.fieldNames());
        assertThat(node.fieldNames()).as(at).containsAnyOf("type", "anyOf", "$ref");
        if (node.containsKey("$ref")) {
            assertThat(node.fieldNames()).as(at).containsExactly("$ref");
            assertThat(resolve(node, root)).as(at).isNotNull();
        }
        if (node.containsKey("properties")) {
            JsonObject properties = node.getJsonObject("properties");
            assertThat(node.getBoolean("additionalProperties")).as(at).isFalse();
            assertThat(node.getJsonArray("required").getList()).as(at).containsExactlyElementsOf(properties.fieldNames());
            properties.fieldNames().forEach(name -> assertNode(properties.getJsonObject(name), root, at + "." + name));
        } else if (node.containsKey("items")) {
            assertNode(node.getJsonObject("items"), root, at + "[]");
        }
        JsonArray choices = node.getJsonArray("anyOf", new JsonArray());
        for (int i = 0; i < choices.size(); i++) {
            assertNode(choices.getJsonObject(i), root, at + "|" + i);
        }
    }

    static JsonObject resolve(JsonObject node, JsonObject root) {
        String reference = node.getString("$ref");
        if (reference == null) {
            return node;
        }
        assertThat(reference).startsWith("#/$defs/");
        return root.getJsonObject("$defs").getJsonObject(reference.substring("#/$defs/".length()));
    }
}
