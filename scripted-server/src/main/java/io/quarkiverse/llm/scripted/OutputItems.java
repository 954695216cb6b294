package io.quarkiverse.llm.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.scripted.OutputItem.Type;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The items that a scripted answer becomes in the Responses API, in the order in which they begin. All that belongs to an
 * item stands together, as servers send it that keep to the API, also where the script comes back to an earlier call.
 */
final class OutputItems {

    private final String responseNumber;
    private final List<OutputItem> all = new ArrayList<>();
    private final List<OutputItem> calls = new ArrayList<>();
    private final List<Step> before = new ArrayList<>();
    private List<Step> waits = new ArrayList<>();
    private OutputItem open;
    private JsonObject error;

    OutputItems(List<Step> steps, String responseNumber) {
        this.responseNumber = responseNumber;
        for (Step step : steps) {
            if (error == null) {
                add(step);
            }
        }
        // before the end means: before the last item ends
        (open == null ? before : open.steps).addAll(waits);
    }

    private void add(Step step) {
        if (step instanceof Step.Pause || step instanceof Step.Hold) {
            waits.add(step);
        } else if (step instanceof Step.ErrorFrame frame) {
            error = frame.json();
        } else if (step instanceof Step.Chunk) {
            to(open == null ? before : open.steps, step);
        } else if (step instanceof Step.Arguments arguments) {
            to(calls.get(arguments.call()).steps, step);
        } else if (step instanceof Step.Delta delta) {
            Type type = Type.of(delta.channel());
            to(open != null && open.type == type ? open.steps : begin(type, id(type)).steps, step);
        } else if (step instanceof Step.Item item) {
            to(begin(Type.OPAQUE, item.json().getString("id", id(Type.OPAQUE))).steps, step);
        } else {
            to(begin(Type.FUNCTION_CALL, id(Type.FUNCTION_CALL)).steps, step);
            calls.add(open);
        }
    }

    private OutputItem begin(Type type, String id) {
        open = new OutputItem(type, id);
        all.add(open);
        return open;
    }

    private String id(Type type) {
        return type.prefix + "_" + responseNumber + "_" + all.size();
    }

    private void to(List<Step> steps, Step step) {
        steps.addAll(waits);
        steps.add(step);
        waits = new ArrayList<>();
    }

    /** What comes before the first item. */
    List<Step> before() {
        return before;
    }

    List<OutputItem> all() {
        return all;
    }

    /** The frame with which the server fails, after these items. The last one stays open then. */
    Optional<JsonObject> error() {
        return Optional.ofNullable(error);
    }

    /** What was whole when the server failed; all of it if it did not. */
    JsonArray whole(String lastStatus) {
        JsonArray output = new JsonArray();
        for (int i = 0; i < all.size(); i++) {
            boolean last = i == all.size() - 1;
            if (!last || error == null) {
                output.add(all.get(i).ended(last ? lastStatus : "completed"));
            }
        }
        return output;
    }
}
