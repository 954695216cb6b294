package io.quarkiverse.llm.gateway.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A stream of the gateway that keeps all rules of its wire API.
 *
 * @param events in order, without the end marker
 */
record CheckedStream(List<JsonObject> events) {

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
