package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.scripted.ChunkEdits.Fragment;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Changes to the fragments of tool calls that need to see more than one of them. */
final class ToolCallEdits {

    private ToolCallEdits() {
    }

    /** Gathers all fragments of a call in its first one. */
    static void merge(List<JsonObject> chunks) {
        Map<Object, JsonObject> firsts = new HashMap<>();
        for (JsonObject chunk : List.copyOf(chunks)) {
            for (JsonObject call : ChunkEdits.calls(chunk)) {
                JsonObject first = firsts.putIfAbsent(call.getValue("index"), call);
                if (first != null) {
                    JsonObject function = first.getJsonObject("function");
                    function.put("arguments", function.getString("arguments")
                            + call.getJsonObject("function").getString("arguments"));
                    // by identity: two fragments may be equal
                    chunks.removeIf(other -> other == chunk);
                }
            }
        }
    }

    static void argumentsAsObjects(List<JsonObject> chunks) {
        merge(chunks);
        ChunkEdits.eachFirstFragment(fragment -> {
            try {
                fragment.function().put("arguments", Json.object(fragment.function().getString("arguments")));
            } catch (DecodeException | ClassCastException e) {
                // arguments that are no object have no such form
            }
        }).accept(chunks);
    }

    static void addEmptyFragments(List<JsonObject> chunks) {
        Map<Object, JsonObject> lastChunks = new HashMap<>();
        chunks.forEach(chunk -> ChunkEdits.calls(chunk).forEach(call -> lastChunks.put(call.getValue("index"), chunk)));
        lastChunks.forEach((index, chunk) -> {
            JsonObject copy = chunk.copy();
            JsonObject call = new JsonObject().put("index", index).put("function", new JsonObject().put("arguments", ""));
            ChunkEdits.choice(copy).put("delta", new JsonObject().put("tool_calls", new JsonArray().add(call)));
            chunks.add(ChunkEdits.last(chunks, any -> any == chunk) + 1, copy);
        });
    }

    static void delayNames(List<JsonObject> chunks) {
        List<Fragment> fragments = new ArrayList<>(ChunkEdits.fragments(chunks));
        for (Fragment second : fragments) {
            if (second.number() == 1) {
                second.function().put("name", second.name());
                fragments.stream().filter(f -> f.isFirst() && f.first() == second.first())
                        .forEach(first -> first.function().remove("name"));
            }
        }
    }
}
