package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.quarkiverse.llm.scripted.grammar.SseStreamGrammar;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A stream of the gateway. What is read as a whole keeps all rules of its wire API, else reading it fails.
 *
 * @param events in order, without the end marker
 */
record CheckedStream(List<JsonObject> events) {

    /** A whole stream of the Responses API. */
    static CheckedStream responses(byte[] body) {
        assertThat(SseStreamGrammar.responses(body)).as("rules of the Responses API that are broken").isEmpty();
        return of(body);
    }

    /** A whole answer over a WebSocket. */
    static CheckedStream turn(List<JsonObject> events) {
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).as("rules of the Responses API that are broken")
                .isEmpty();
        return new CheckedStream(List.copyOf(events));
    }

    /**
     * A whole stream of Chat Completions.
     *
     * @param usageAsked whether the request had {@code stream_options.include_usage}
     */
    static CheckedStream chat(byte[] body, boolean usageAsked) {
        assertThat(SseStreamGrammar.chatCompletions(body, usageAsked)).as("rules of Chat Completions that are broken")
                .isEmpty();
        return of(body);
    }

    /** Some events of a stream, which are read and not checked: a part of a stream breaks rules by being one. */
    static CheckedStream of(byte[] body) {
        List<JsonObject> events = new ArrayList<>();
        for (String block : new String(body, StandardCharsets.UTF_8).split("\n\n")) {
            String data = block.lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring(6))
                    .collect(Collectors.joining("\n"));
            if (!data.isEmpty() && !data.equals("[DONE]")) {
                events.add(new JsonObject(data));
            }
        }
        return new CheckedStream(events);
    }

    List<String> types() {
        return events.stream().map(event -> event.getString("type")).toList();
    }

    JsonObject last() {
        return events.get(events.size() - 1);
    }

    /** The resource of the last event. */
    JsonObject response() {
        return last().getJsonObject("response");
    }

    /** All text deltas, of either wire API. */
    String text() {
        return events.stream().map(CheckedStream::textDelta).collect(Collectors.joining());
    }

    private static String textDelta(JsonObject event) {
        if ("response.output_text.delta".equals(event.getString("type"))) {
            return event.getString("delta");
        }
        JsonArray choices = event.getJsonArray("choices", new JsonArray());
        return choices.isEmpty() ? "" : choices.getJsonObject(0).getJsonObject("delta").getString("content", "");
    }

    /** The items of the last event that are of this type. */
    List<JsonObject> items(String type) {
        return response().getJsonArray("output").stream().map(JsonObject.class::cast)
                .filter(item -> item.getString("type").equals(type)).toList();
    }
}
