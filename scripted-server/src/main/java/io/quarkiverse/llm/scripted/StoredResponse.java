package io.quarkiverse.llm.scripted;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A response that the server keeps. One in the background goes on as the waits of its script let it. */
final class StoredResponse {

    private final RecordedRequest request;
    private final ResponsesStream stream;
    private final JsonObject whole;
    private volatile JsonObject cancelled;

    StoredResponse(RecordedRequest request, Answer answer) {
        this.request = request;
        this.stream = new ResponsesStream(answer, request);
        this.whole = stream.document(answer.faults());
    }

    String id() {
        return stream.id();
    }

    /** The response as it is now. */
    JsonObject now() {
        if (cancelled != null) {
            return cancelled.copy();
        }
        JsonObject said = lastSaid();
        return whole.getString("status").equals(said.getString("status")) ? whole.copy() : said;
    }

    private JsonObject lastSaid() {
        JsonObject said = new JsonObject();
        Instant due = request.arrival();
        for (JsonObject event : stream.events()) {
            for (Piece piece : request.isBackground() ? stream.waitsBefore(event) : List.<Piece> of()) {
                due = piece instanceof Piece.Wait wait ? due.plus(wait.duration()) : due;
                if (piece instanceof Piece.Hold hold && !hold.released().toCompletableFuture().isDone()
                        || Instant.now().isBefore(due)) {
                    return said;
                }
            }
            said = event.getValue("response") instanceof JsonObject response ? response.copy() : said;
        }
        return said;
    }

    Answer cancel() {
        if (!request.isBackground()) {
            return Answer.error(400, "Cannot cancel a synchronous response.");
        }
        JsonObject now = now();
        if (List.of("queued", "in_progress").contains(now.getString("status"))) {
            cancelled = now.put("status", "cancelled");
        }
        return Answer.json(now());
    }

    /** The events with higher numbers, with the waits that are left. */
    ScriptedEvents after(int number) {
        List<JsonObject> events = stream.events();
        List<JsonObject> rest = events.subList(Math.min(Math.max(0, number + 1), events.size()), events.size());
        return new ScriptedEvents() {
            @Override
            public List<JsonObject> events() {
                return rest;
            }

            @Override
            public List<Piece> waitsBefore(JsonObject event) {
                return stream.waitsBefore(event);
            }
        };
    }

    /** What a request that goes on from here goes on after. */
    List<JsonObject> history() {
        Stream<JsonObject> output = whole.getJsonArray("output", new JsonArray()).stream().map(JsonObject.class::cast);
        return Stream.concat(request.effectiveInput().stream(), output).toList();
    }

    /** What the request brought, in its order, each with an id. */
    List<JsonObject> inputItems() {
        List<JsonObject> items = new ArrayList<>();
        for (JsonObject item : request.inputItems()) {
            JsonObject copy = new JsonObject().put("type", "message").put("id", "in_" + request.number() + "_" + items.size())
                    .mergeIn(item.copy());
            if (copy.getValue("content") instanceof String text && copy.getString("type").equals("message")) {
                copy.put("status", "completed").put("content",
                        new JsonArray().add(new JsonObject().put("type", "input_text").put("text", text)));
            }
            items.add(copy);
        }
        return items;
    }
}
