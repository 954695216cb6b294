package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What items tell a model, without what does not matter to it: ids, statuses, log probabilities, and in how many parts a text
 * came.
 *
 * @param withoutReasoning all other items
 * @param reasoning its texts
 */
public record Meaning(List<String> withoutReasoning, List<String> reasoning) {

    /** @param items as they are on the wire, or as a server keeps them */
    public static Meaning of(Iterable<?> items) {
        List<JsonObject> all = StreamSupport.stream(items.spliterator(), false).map(JsonObject.class::cast).toList();
        return new Meaning(all.stream().filter(item -> !isReasoning(item)).map(Meaning::meaning).toList(),
                all.stream().filter(Meaning::isReasoning).map(Meaning::thoughts).toList());
    }

    private static boolean isReasoning(JsonObject item) {
        return item.getString("type").equals("reasoning");
    }

    private static String thoughts(JsonObject item) {
        return item.getValue("summary") + " " + item.getValue("content");
    }

    private static String meaning(JsonObject item) {
        JsonObject kept = item.copy();
        if (item.getString("type").equals("web_search_call")) {
            return kept.encode();
        }
        if (!item.getString("type").equals("item_reference")) {
            kept.remove("id");
        }
        kept.remove("status");
        for (String field : List.of("content", "output")) {
            if (kept.containsKey(field)) {
                kept.put(field, content(kept.getValue(field)));
            }
        }
        return String.join(",", kept.stream().map(member -> member.getKey() + "=" + member.getValue()).sorted().toList());
    }

    private static String content(Object value) {
        if (value instanceof String text) {
            return text;
        }
        return String.join("\n", ((JsonArray) value).stream().map(JsonObject.class::cast).map(Meaning::part).toList());
    }

    private static String part(JsonObject part) {
        return switch (part.getString("type")) {
            case "refusal" -> part.getString("refusal");
            case "input_text", "output_text" ->
                part.getString("text") + part.getJsonArray("annotations", new JsonArray()).stream().map(String::valueOf)
                        .collect(Collectors.joining());
            default -> part.encode();
        };
    }
}
