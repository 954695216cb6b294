package io.quarkiverse.llm.scripted;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Which answer a request gets: the model list, the next answer in the queue, or the one a function gives. */
final class Script {

    private final Queue<Answer> queue = new ConcurrentLinkedQueue<>();
    private final Function<RecordedRequest, Answer> initialLogic;
    private volatile Function<RecordedRequest, Answer> logic;
    private volatile Answer models;

    Script(Function<RecordedRequest, Answer> logic) {
        this.initialLogic = logic;
        reset();
    }

    void reset() {
        queue.clear();
        logic = initialLogic;
        models = modelList(initialLogic instanceof SimulatedModel ? SimulatedModel.ID : "scripted");
    }

    void enqueue(Answer answer) {
        queue.add(answer);
    }

    void respond(Function<RecordedRequest, Answer> newLogic) {
        logic = newLogic;
    }

    void models(Answer answer) {
        models = answer;
    }

    static Answer modelList(String... ids) {
        JsonArray data = new JsonArray();
        for (String id : ids) {
            data.add(new JsonObject().put("id", id).put("object", "model").put("created", 0).put("owned_by", "scripted"));
        }
        return Answer.json(new JsonObject().put("object", "list").put("data", data));
    }

    Answer answerTo(RecordedRequest request) {
        if (request.method().equals("GET") && request.path().endsWith("/models")) {
            return models;
        }
        Answer next = queue.poll();
        if (next != null) {
            return next;
        }
        if (logic == null) {
            return failure("Nothing is scripted for request " + request.number() + ", " + request.method() + " "
                    + request.path() + ": enqueue an answer for it, or set a function that answers");
        }
        try {
            Answer answer = logic.apply(request);
            return answer != null ? answer : failure("The answering function gave null for " + request);
        } catch (RuntimeException | AssertionError e) {
            return failure("The answering function failed with " + e);
        }
    }

    private static Answer failure(String message) {
        return Answer.error(500, Errors.of("server_error", "not_scripted", message));
    }
}
