package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Ways to walk over the parts of chunks that deviations change. */
final class ChunkEdits {

    /** A fragment of a tool call, with what the first fragment of the same call said. */
    record Fragment(JsonObject call, JsonObject first, boolean isFirst, int number) {

        JsonObject function() {
            return call.getJsonObject("function");
        }

        String id() {
            return first.getString("id");
        }

        String name() {
            return first.getJsonObject("function").getString("name");
        }
    }

    private ChunkEdits() {
    }

    static Consumer<List<JsonObject>> eachChunk(Consumer<JsonObject> edit) {
        return chunks -> chunks.forEach(edit);
    }

    /** Each choice that has a delta. */
    static Consumer<List<JsonObject>> eachChoice(Consumer<JsonObject> edit) {
        return chunks -> chunks.forEach(chunk -> {
            JsonObject choice = choice(chunk);
            if (choice != null && choice.getValue("delta") != null) {
                edit.accept(choice);
            }
        });
    }

    static Consumer<List<JsonObject>> eachDelta(Consumer<JsonObject> edit) {
        return eachChoice(choice -> edit.accept(choice.getJsonObject("delta")));
    }

    static Consumer<List<JsonObject>> eachFragment(Consumer<Fragment> edit) {
        return chunks -> fragments(chunks).forEach(edit);
    }

    static Consumer<List<JsonObject>> eachFirstFragment(Consumer<Fragment> edit) {
        return chunks -> fragments(chunks).stream().filter(Fragment::isFirst).forEach(edit);
    }

    static Consumer<List<JsonObject>> eachContinuation(Consumer<Fragment> edit) {
        return chunks -> fragments(chunks).stream().filter(fragment -> !fragment.isFirst()).forEach(edit);
    }

    /** The fragments by call, each with its original first fragment, so that edits of that one do not show. */
    static List<Fragment> fragments(List<JsonObject> chunks) {
        Map<Object, JsonObject> firsts = new HashMap<>();
        Map<Object, Integer> numbers = new HashMap<>();
        List<Fragment> fragments = new ArrayList<>();
        for (JsonObject chunk : chunks) {
            for (JsonObject call : calls(chunk)) {
                Object key = call.getValue("index");
                boolean isFirst = !firsts.containsKey(key);
                firsts.computeIfAbsent(key, any -> call.copy());
                fragments.add(new Fragment(call, firsts.get(key), isFirst, numbers.merge(key, 1, Integer::sum) - 1));
            }
        }
        return fragments;
    }

    static List<JsonObject> calls(JsonObject chunk) {
        JsonObject choice = choice(chunk);
        JsonObject delta = choice == null ? null : choice.getJsonObject("delta");
        JsonArray calls = delta == null ? null : delta.getJsonArray("tool_calls");
        return calls == null ? List.of() : calls.stream().map(JsonObject.class::cast).toList();
    }

    /** The only choice of a chunk, or {@code null}. */
    static JsonObject choice(JsonObject chunk) {
        JsonArray choices = chunk.getJsonArray("choices");
        return choices == null || choices.isEmpty() ? null : choices.getJsonObject(0);
    }

    /** The last chunk for which this holds, or -1. */
    static int last(List<JsonObject> chunks, Predicate<JsonObject> condition) {
        for (int i = chunks.size() - 1; i >= 0; i--) {
            if (condition.test(chunks.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
