package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The responses that a server has made and keeps, and what it answers to requests for them. */
final class StoredResponses {

    private static final int PAGE = 20;

    private final Map<String, StoredResponse> byId = new ConcurrentHashMap<>();

    /** Keeps the response that this answer makes, unless the request forbids it. */
    void add(RecordedRequest request, Answer answer) {
        boolean made = request.method().equals("POST") && request.path().endsWith("/responses") && request.isJson()
                && answer.body() instanceof Body.Scripted && answer.status() == 200;
        if (made && !Boolean.FALSE.equals(request.json().getValue("store"))) {
            StoredResponse stored = new StoredResponse(request, answer);
            byId.put(stored.id(), stored);
        }
    }

    void clear() {
        byId.clear();
    }

    /** The items of the response of that id, and of all before it. */
    Optional<List<JsonObject>> history(String id) {
        return Optional.ofNullable(byId.get(id)).map(StoredResponse::history);
    }

    /** The answer to a request that goes on from a response which is not here. */
    Optional<Answer> refusal(RecordedRequest request) {
        if (request.api().isEmpty() || request.api().get() != Api.RESPONSES || !request.method().equals("POST")
                || request.previousResponseId().isEmpty() || request.isContinuation()) {
            return Optional.empty();
        }
        return Optional.of(Answer.error(400, new JsonObject().put("error", new JsonObject()
                .put("message", "Previous response with id '" + request.previousResponseId().get() + "' not found.")
                .put("type", "invalid_request_error").put("param", "previous_response_id")
                .put("code", "previous_response_not_found"))));
    }

    /** The answer to a request for a response that is here. */
    Optional<Answer> answerTo(RecordedRequest request) {
        String[] below = below(request);
        StoredResponse stored = below.length == 0 ? null : byId.get(below[0]);
        if (stored == null) {
            return Optional.empty();
        }
        String action = request.method() + (below.length > 1 ? " " + below[1] : "");
        return Optional.of(switch (action) {
            case "GET" -> request.isStreaming() ? resumed(stored, request) : Answer.json(stored.now());
            case "DELETE" -> deleted(stored);
            case "POST cancel" -> stored.cancel();
            case "GET input_items" -> inputItems(stored, request);
            default -> Answer.error(405, "Method not allowed: " + request.method() + " " + request.path());
        });
    }

    /** What a server without a script answers to a request for a response that is not here. */
    static Optional<Answer> notFound(RecordedRequest request) {
        String[] below = below(request);
        return below.length == 0 || below[0].equals("compact") ? Optional.empty()
                : Optional.of(Answer.error(404, new JsonObject().put("error", new JsonObject()
                        .put("message", "Response with id '" + below[0] + "' not found.")
                        .put("type", "invalid_request_error").put("param", null).put("code", null))));
    }

    private static String[] below(RecordedRequest request) {
        int at = request.path().lastIndexOf("/responses/");
        return at < 0 ? new String[0] : request.path().substring(at + "/responses/".length()).split("/");
    }

    private static Answer resumed(StoredResponse stored, RecordedRequest request) {
        String after = request.parameter("starting_after");
        return Answer.events(stored.after(after == null ? -1 : Integer.parseInt(after)));
    }

    private Answer deleted(StoredResponse stored) {
        byId.remove(stored.id());
        return Answer.json(new JsonObject().put("id", stored.id()).put("object", "response").put("deleted", true));
    }

    private static Answer inputItems(StoredResponse stored, RecordedRequest request) {
        List<JsonObject> items = new ArrayList<>(stored.inputItems());
        if (!"asc".equals(request.parameter("order"))) {
            Collections.reverse(items);
        }
        List<String> ids = items.stream().map(item -> item.getString("id")).toList();
        int from = ids.indexOf(request.parameter("after")) + 1;
        String limit = request.parameter("limit");
        int to = Math.min(items.size(), from + (limit == null ? PAGE : Integer.parseInt(limit)));
        return Answer.json(new JsonObject().put("object", "list").put("data", new JsonArray(items.subList(from, to)))
                .put("has_more", to < items.size()).put("first_id", from < to ? ids.get(from) : null)
                .put("last_id", from < to ? ids.get(to - 1) : null));
    }
}
