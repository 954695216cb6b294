package io.quarkiverse.llm.scripted;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonObject;

/** Picks the tool to call: the one that the request names, else the one whose words come closest to the user's. */
final class ToolPick {

    private static final int NAME_WEIGHT = 3;
    private static final int SHORTEST_TELLING_WORD = 4;

    private ToolPick() {
    }

    static Optional<JsonObject> from(Prompt prompt) {
        List<JsonObject> functions = prompt.functions();
        Object choice = prompt.toolChoice();
        if (choice.equals("none") || functions.isEmpty() || !prompt.isUsersTurn()) {
            return Optional.empty();
        } else if (choice instanceof JsonObject object && object.containsKey("function")) {
            return Optional.of(named(functions, object.getJsonObject("function").getString("name")));
        } else if (choice instanceof JsonObject object && object.containsKey("allowed_tools")) {
            Set<String> allowed = Prompt.objects(object.getJsonObject("allowed_tools").getJsonArray("tools")).stream()
                    .map(tool -> tool.getJsonObject("function").getString("name")).collect(Collectors.toSet());
            functions = functions.stream().filter(function -> allowed.contains(function.getString("name"))).toList();
        }
        return closest(functions, words(prompt.userText()));
    }

    private static JsonObject named(List<JsonObject> functions, String name) {
        return functions.stream().filter(function -> name.equals(function.getString("name"))).findFirst()
                .orElseThrow(() -> new BadRequest("'tool_choice' names " + name + ", which is not among the tools"));
    }

    private static Optional<JsonObject> closest(List<JsonObject> functions, Set<String> spoken) {
        JsonObject best = null;
        for (JsonObject function : functions) {
            if (best == null || score(function, spoken) > score(best, spoken)) {
                best = function;
            }
        }
        return Optional.ofNullable(best);
    }

    private static long score(JsonObject function, Set<String> spoken) {
        return NAME_WEIGHT * words(function.getString("name")).stream().filter(spoken::contains).count()
                + words(function.getString("description", "")).stream()
                        .filter(word -> word.length() >= SHORTEST_TELLING_WORD && spoken.contains(word)).count();
    }

    private static Set<String> words(String text) {
        String separated = text.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
        return Arrays.stream(separated.split("[^\\p{L}\\p{N}]+")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }
}
