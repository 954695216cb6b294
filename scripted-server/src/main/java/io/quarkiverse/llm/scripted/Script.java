package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import io.vertx.core.json.JsonObject;

/** Which answer a request gets: the model list, the next answer in the queue, or the one a function gives. */
final class Script {

    private final Queue<Answer> queue = new ConcurrentLinkedQueue<>();
    private final Function<RecordedRequest, Answer> initialLogic;
    private volatile Function<RecordedRequest, Answer> logic;
    private final Map<Api, Answer> refusals = new ConcurrentHashMap<>();
    private final StoredResponses stored = new StoredResponses();
    private volatile Answer models;
    private volatile Optional<Answer> inputTokens;
    private volatile List<Fault> faults = List.of();

    Script(Function<RecordedRequest, Answer> logic) {
        this.initialLogic = logic;
        reset();
    }

    void reset() {
        queue.clear();
        refusals.clear();
        stored.clear();
        logic = initialLogic;
        inputTokens = Optional.empty();
        models = Answer.modelList(initialLogic instanceof SimulatedModel ? SimulatedModel.ID : "scripted");
    }

    void enqueue(Answer answer) {
        queue.add(answer);
    }

    void respond(Function<RecordedRequest, Answer> newLogic) {
        logic = newLogic;
    }

    void refuse(Api api, Answer answer) {
        refusals.put(api, answer);
    }

    void models(Answer answer) {
        models = answer;
    }

    void inputTokens(Answer answer) {
        inputTokens = Optional.of(answer);
    }

    void faults(List<Fault> newFaults) {
        faults = newFaults;
    }

    /** The items of the stored response of that id, and of all before it. */
    Optional<List<JsonObject>> history(String responseId) {
        return stored.history(responseId);
    }

    /** How the server says that it does not have this API; empty if it does. */
    Optional<Answer> refusal(Api api) {
        return Optional.ofNullable(refusals.get(api));
    }

    Answer answerTo(RecordedRequest request) {
        if (request.method().equals("GET") && request.path().endsWith("/models")) {
            return models;
        }
        Optional<Answer> refusal = request.api().flatMap(this::refusal);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (InputTokens.areAskedFor(request)) {
            return inputTokens.or(() -> stored.refusal(request)).orElseGet(
                    () -> logic instanceof SimulatedModel model ? model.apply(request) : InputTokens.answerTo(request));
        }
        Answer next = queue.peek();
        boolean raw = next != null && !(next.body() instanceof Body.Scripted || next.body() instanceof Body.Endless);
        Optional<Answer> kept = raw ? Optional.empty() : stored.refusal(request).or(() -> stored.answerTo(request));
        if (kept.isPresent()) {
            return kept.get();
        }
        Answer answer = request.isWarmUp() ? Answer.empty() : scripted(request);
        try {
            stored.add(request, answer);
            return answer;
        } catch (RuntimeException e) {
            return Rendering.unplayable(e);
        }
    }

    private Answer scripted(RecordedRequest request) {
        Answer next = queue.poll();
        if (next != null) {
            return next.with(faults);
        }
        if (logic == null) {
            return StoredResponses.notFound(request).orElseGet(() -> failure("Nothing is scripted for request "
                    + request.number() + ", " + request.method() + " " + request.path()
                    + ": enqueue an answer for it, or set a function that answers"));
        }
        try {
            Answer answer = logic.apply(request);
            return answer != null ? answer.with(faults) : failure("The answering function gave null for " + request);
        } catch (RuntimeException | AssertionError e) {
            return failure("The answering function failed with " + e);
        }
    }

    private static Answer failure(String message) {
        return Answer.error(500, Errors.of("server_error", "not_scripted", message));
    }
}
