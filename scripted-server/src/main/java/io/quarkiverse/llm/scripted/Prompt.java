package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a simulated model reads from a Chat Completions request. */
final class Prompt {

    private static final Set<String> SPEAKERS = Set.of("user", "assistant", "tool");

    private final JsonObject body;
    private final List<JsonObject> messages;

    Prompt(JsonObject body) {
        this.body = body;
        this.messages = objects(body.getJsonArray("messages"));
        if (messages.isEmpty()) {
            throw new BadRequest("'messages' must hold at least one message");
        }
    }

    static List<JsonObject> objects(JsonArray array) {
        return array == null ? List.of() : array.stream().map(JsonObject.class::cast).toList();
    }

    /** The text of the last message from the user, empty if there is none. */
    String userText() {
        return messages.stream().filter(m -> "user".equals(m.getString("role"))).reduce((a, b) -> b).map(Prompt::text)
                .orElse("");
    }

    Words words() {
        return new Words(userText());
    }

    /** The results of the tools, if the conversation ends with them. */
    Optional<String> toolResult() {
        List<JsonObject> spoken = messages.stream().filter(m -> SPEAKERS.contains(m.getString("role"))).toList();
        int from = spoken.size();
        while (from > 0 && "tool".equals(spoken.get(from - 1).getString("role"))) {
            from--;
        }
        return from == spoken.size()
                ? Optional.empty()
                : Optional.of(spoken.subList(from, spoken.size()).stream().map(Prompt::text).collect(Collectors.joining(", ")));
    }

    /** Whether the user has spoken last. */
    boolean isUsersTurn() {
        return messages.stream().map(m -> m.getString("role")).filter(SPEAKERS::contains).reduce((a, b) -> b)
                .filter("user"::equals).isPresent();
    }

    /** The function tools, each with name, description and parameters. */
    List<JsonObject> functions() {
        return objects(body.getJsonArray("tools")).stream().map(tool -> tool.getJsonObject("function"))
                .filter(function -> function != null).toList();
    }

    /** A string or an object, {@code auto} if the request says nothing. */
    Object toolChoice() {
        Object choice = body.getValue("tool_choice");
        return choice == null ? "auto" : choice;
    }

    /** The type of the response format. */
    String format() {
        JsonObject format = body.getJsonObject("response_format");
        return format == null ? "text" : format.getString("type", "text");
    }

    /** The JSON schema of the response format. */
    JsonObject schema() {
        JsonObject schema = body.getJsonObject("response_format").getJsonObject("json_schema");
        if (schema == null || schema.getJsonObject("schema") == null) {
            throw new BadRequest("'response_format.json_schema.schema' is missing");
        }
        return schema.getJsonObject("schema");
    }

    /** The most tokens to answer with. */
    int maxTokens() {
        Integer limit = body.getInteger("max_completion_tokens", body.getInteger("max_tokens"));
        if (limit == null) {
            return Integer.MAX_VALUE;
        } else if (limit < 1) {
            throw new BadRequest("A token limit is 1 or more, not " + limit);
        }
        return limit;
    }

    String cutAtStop(String text) {
        Object stop = body.getValue("stop");
        Stream<?> sequences = stop instanceof JsonArray several ? several.stream() : Stream.ofNullable(stop);
        int end = sequences.mapToInt(sequence -> text.indexOf((String) sequence)).filter(at -> at >= 0).min()
                .orElse(text.length());
        return text.substring(0, end);
    }

    /** A rough count of the tokens in the request: four characters each. */
    int tokens() {
        return 1 + Json.text(body.getJsonArray("messages")).length() / 4;
    }

    private static String text(JsonObject message) {
        Object content = message.getValue("content");
        if (content instanceof JsonArray parts) {
            return objects(parts).stream().map(part -> part.getString("text", "")).collect(Collectors.joining(" ")).strip();
        }
        return content == null ? "" : (String) content;
    }
}
