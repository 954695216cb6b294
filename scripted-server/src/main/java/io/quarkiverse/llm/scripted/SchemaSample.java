package io.quarkiverse.llm.scripted;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Makes a value that fits a JSON schema of the kind that tools and output formats have. Required properties are filled in,
 * or all if none is required. {@code pattern} and conditions are not looked at.
 */
final class SchemaSample {

    private static final int DEEPEST = 6;
    private static final Map<String, String> FORMATS = Map.of(
            "date", "2026-01-31",
            "time", "12:00:00Z",
            "date-time", "2026-01-31T12:00:00Z",
            "duration", "PT1H",
            "email", "someone@example.com",
            "hostname", "example.com",
            "ipv4", "192.0.2.1",
            "ipv6", "2001:db8::1",
            "uri", "https://example.com/",
            "uuid", "00000000-0000-4000-8000-000000000000");

    private final JsonObject root;
    private final Words words;

    SchemaSample(JsonObject schema, Words words) {
        this.root = schema == null ? new JsonObject().put("type", "object") : schema;
        this.words = words;
    }

    Object value() {
        return value(root, 0);
    }

    private Object value(Object anySchema, int depth) {
        if (!(anySchema instanceof JsonObject given)) {
            // true: anything will do
            return words.nextString();
        }
        JsonObject schema = resolved(given, depth);
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        } else if (schema.getValue("enum") instanceof JsonArray values && !values.isEmpty()) {
            return values.getValue(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> true;
            case "null" -> null;
            default -> string(schema);
        };
    }

    private JsonObject resolved(JsonObject schema, int depth) {
        JsonObject merged = schema;
        if (schema.getValue("$ref") instanceof String reference && depth <= 2 * DEEPEST) {
            merged = resolved(referenced(reference), depth + 1);
        }
        for (String key : List.of("allOf", "anyOf", "oneOf")) {
            if (merged.getValue(key) instanceof JsonArray options) {
                List<JsonObject> usable = Prompt.objects(options).stream().map(option -> resolved(option, depth + 1))
                        .filter(option -> !"null".equals(option.getValue("type"))).toList();
                JsonObject all = merged.copy();
                usable.stream().limit(key.equals("allOf") ? usable.size() : 1).forEach(one -> merge(one, all));
                all.remove(key);
                merged = all;
            }
        }
        return merged;
    }

    private static void merge(JsonObject one, JsonObject all) {
        JsonArray required = new JsonArray().addAll(all.getJsonArray("required", new JsonArray()))
                .addAll(one.getJsonArray("required", new JsonArray()));
        all.mergeIn(one, 2);
        if (!required.isEmpty()) {
            all.put("required", required);
        }
    }

    private JsonObject referenced(String reference) {
        Object found = root;
        for (String part : reference.replaceFirst("^#/?", "").split("/")) {
            String key = part.replace("~1", "/").replace("~0", "~");
            found = part.isEmpty() ? found : found instanceof JsonObject object ? object.getValue(key) : null;
        }
        return found instanceof JsonObject schema ? schema : new JsonObject();
    }

    private static String type(JsonObject schema) {
        Object type = schema.getValue("type");
        if (type instanceof JsonArray types) {
            type = types.stream().filter(one -> !"null".equals(one)).findFirst().orElse("null");
        }
        if (type instanceof String name) {
            return name;
        }
        return schema.containsKey("properties") ? "object" : schema.containsKey("items") ? "array" : "string";
    }

    private JsonObject object(JsonObject schema, int depth) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        Set<String> required = schema.getJsonArray("required", new JsonArray()).stream().map(String.class::cast)
                .collect(Collectors.toSet());
        boolean all = required.isEmpty() && depth < DEEPEST;
        JsonObject object = new JsonObject();
        for (String name : properties.fieldNames()) {
            if (all || required.remove(name)) {
                object.put(name, value(properties.getValue(name), depth + 1));
            }
        }
        required.forEach(name -> object.put(name, words.nextString()));
        return object;
    }

    private JsonArray array(JsonObject schema, int depth) {
        int least = schema.getInteger("minItems", 0);
        int count = Math.max(least, depth < DEEPEST && schema.getInteger("maxItems", 1) > 0 ? 1 : 0);
        JsonArray prefix = schema.getJsonArray("prefixItems", new JsonArray());
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < Math.max(count, least == 0 ? prefix.size() : 0); i++) {
            items.add(value(i < prefix.size() ? prefix.getValue(i) : schema.getValue("items"), depth + 1));
        }
        return new JsonArray(items);
    }

    private Number number(JsonObject schema) {
        BigDecimal number = words.nextNumber().orElse(BigDecimal.ONE);
        BigDecimal step = decimal(schema, "multipleOf", type(schema).equals("integer") ? BigDecimal.ONE : null);
        BigDecimal margin = step == null ? new BigDecimal("0.5") : step;
        BigDecimal least = decimal(schema, "minimum", null);
        if (least == null && schema.getValue("exclusiveMinimum") instanceof Number) {
            least = decimal(schema, "exclusiveMinimum", null).add(margin);
        }
        BigDecimal most = decimal(schema, "maximum", null);
        if (most == null && schema.getValue("exclusiveMaximum") instanceof Number) {
            most = decimal(schema, "exclusiveMaximum", null).subtract(margin);
        }
        number = least == null ? number : number.max(least);
        number = most == null ? number : number.min(most);
        if (step != null) {
            RoundingMode rounding = most != null && number.compareTo(most) == 0 ? RoundingMode.FLOOR : RoundingMode.CEILING;
            number = number.divide(step, 0, rounding).multiply(step);
        }
        return number.stripTrailingZeros().scale() <= 0 ? (Number) number.longValue() : (Number) number.doubleValue();
    }

    private static BigDecimal decimal(JsonObject schema, String key, BigDecimal otherwise) {
        return schema.getValue(key) instanceof Number number ? new BigDecimal(number.toString()) : otherwise;
    }

    private String string(JsonObject schema) {
        String text = FORMATS.get(schema.getString("format", ""));
        if (text == null) {
            text = words.nextString();
        }
        int least = schema.getInteger("minLength", 0);
        int most = schema.getInteger("maxLength", Integer.MAX_VALUE);
        return CodePoints.first(most, text + "x".repeat(Math.max(0, least - CodePoints.count(text))));
    }
}
