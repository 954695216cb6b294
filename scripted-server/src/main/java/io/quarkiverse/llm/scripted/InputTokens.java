package io.quarkiverse.llm.scripted;

import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Counts the tokens of a request's input as a model would whose tokens are words: what has no blank in it. Words are counted in
 * the instructions, in the texts of the input items and of those that they follow, in the arguments and outputs of tool calls,
 * and in the descriptions of tools.
 */
final class InputTokens {

    private static final String PATH = "/responses/input_tokens";
    private static final Set<String> READ = Set.of("text", "content", "arguments", "input", "output", "description");

    private InputTokens() {
    }

    static boolean areAskedFor(RecordedRequest request) {
        return request.method().equals("POST") && request.path().endsWith(PATH);
    }

    static Answer answerTo(RecordedRequest request) {
        if (!request.isJson()) {
            return Answer.error(400, "The body is not a JSON object");
        }
        int words = words(request.instructions().orElse("")) + words(new JsonArray(request.effectiveInput()))
                + words(new JsonArray(request.tools()));
        return Answer.inputTokens(words);
    }

    private static int words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? 0 : stripped.split("\\s+").length;
    }

    private static int words(JsonArray values) {
        return values.stream().mapToInt(value -> value instanceof JsonObject object ? words(object) : 0).sum();
    }

    private static int words(JsonObject object) {
        int words = 0;
        for (Map.Entry<String, Object> field : object) {
            if (field.getValue() instanceof JsonObject nested) {
                words += words(nested);
            } else if (field.getValue() instanceof JsonArray values) {
                words += words(values);
            } else if (field.getValue() instanceof String text && READ.contains(field.getKey())) {
                words += words(text);
            }
        }
        return words;
    }
}
