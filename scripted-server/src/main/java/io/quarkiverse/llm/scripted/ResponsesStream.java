package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.vertx.core.json.JsonObject;

/** A scripted answer as events of the Responses API, in their official order, with the answer's deviations applied to them. */
final class ResponsesStream implements ScriptedEvents {

    static final Set<String> LAST = Set.of("response.completed", "response.incomplete", "response.failed");

    static final String NUMBER = "sequence_number";
    private static final int NOT_NUMBERED = -1;

    private final ResponseResource resource;
    private final OutputItems items;
    private final EventWaits waits = new EventWaits();
    private final List<JsonObject> events = new ArrayList<>();

    ResponsesStream(Answer answer, RecordedRequest request) {
        resource = new ResponseResource(answer, request);
        List<Step> steps = begin(answer.body() instanceof Body.Scripted ? answer.steps() : List.of());
        items = new OutputItems(steps, resource.id().replaceFirst("^resp_", ""));
        items.before().forEach(this::addRaw);
        for (int i = 0; i < items.all().size(); i++) {
            boolean last = i == items.all().size() - 1;
            new ItemEvents(items.all().get(i), i, waits, events::add)
                    .write(last && items.error().isPresent() ? null : last ? resource.finalStatus() : "completed");
        }
        items.error().ifPresentOrElse(this::fail,
                () -> add(ofResponse(resource.finalStatus(), resource.ended(items.whole(resource.finalStatus())))));
        List<JsonObject> original = List.copyOf(events);
        ResponsesDeviation.applyAll(answer.faults(), events);
        waits.keep(original, events);
        number();
    }

    static JsonObject event(String type) {
        return new JsonObject().put("type", type).put(NUMBER, NOT_NUMBERED);
    }

    /** In the background an answer is queued during a wait that its script begins with. Gives what follows that. */
    private List<Step> begin(List<Step> steps) {
        boolean background = resource.isBackground();
        boolean waited = false;
        add(ofResponse("created", resource.begun(background ? "queued" : "in_progress")));
        if (background) {
            add(ofResponse("queued", resource.begun("queued")));
            waited = !steps.isEmpty() && waits.take(steps.get(0));
        }
        add(ofResponse("in_progress", resource.begun("in_progress")));
        return waited ? steps.subList(1, steps.size()) : steps;
    }

    private void addRaw(Step step) {
        if (!waits.take(step)) {
            add(((Step.Chunk) step).json().copy());
        }
    }

    /** As the official server does with a frame in OpenAI's shape; any other frame goes out as it is, and all ends. */
    private void fail(JsonObject frame) {
        if (frame.containsKey("type") || !(frame.getValue("error") instanceof JsonObject error)) {
            add(frame.copy());
            return;
        }
        add(event("error").put("error", error.copy()));
        add(ofResponse("failed", resource.failed(items.whole(null), error)));
    }

    private static JsonObject ofResponse(String name, JsonObject response) {
        return event("response." + name).put("response", response);
    }

    private void add(JsonObject event) {
        waits.before(event);
        events.add(event);
    }

    private void number() {
        for (int number = 0; number < events.size(); number++) {
            if (Integer.valueOf(NOT_NUMBERED).equals(events.get(number).getValue(NUMBER))) {
                events.get(number).put(NUMBER, number);
            }
        }
    }

    @Override
    public List<JsonObject> events() {
        return events;
    }

    @Override
    public List<Piece> waitsBefore(JsonObject event) {
        return waits.of(event);
    }

    String id() {
        return resource.id();
    }

    /** The answer as one document. */
    JsonObject document(List<Fault> faults) {
        List<JsonObject> last = new ArrayList<>(List.of(
                ofResponse(resource.finalStatus(), resource.ended(items.whole(resource.finalStatus())))));
        ResponsesDeviation.applyToResource(faults, last);
        return last.get(0).getJsonObject("response");
    }
}
