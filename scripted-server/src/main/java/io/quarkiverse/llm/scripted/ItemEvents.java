package io.quarkiverse.llm.scripted;

import java.util.Iterator;
import java.util.function.Consumer;

import io.quarkiverse.llm.scripted.OutputItem.Part;
import io.quarkiverse.llm.scripted.OutputItem.Type;
import io.vertx.core.json.JsonObject;

/** Writes the events of one output item. */
final class ItemEvents {

    private final OutputItem item;
    private final int index;
    private final EventWaits waits;
    private final Consumer<JsonObject> out;
    private final Iterator<Part> parts;
    private Part part;
    private int partIndex = -1;
    private boolean begun;

    ItemEvents(OutputItem item, int index, EventWaits waits, Consumer<JsonObject> out) {
        this.item = item;
        this.index = index;
        this.waits = waits;
        this.out = out;
        this.parts = item.parts().iterator();
    }

    /** @param status with which it ends; {@code null}: it is left open */
    void write(String status) {
        for (Step step : item.steps) {
            if (!waits.take(step)) {
                begin();
                write(step);
            }
        }
        if (status != null) {
            endPart();
            if (item.type == Type.FUNCTION_CALL) {
                add(child("response.function_call_arguments.done").put("name", item.name()).put("arguments", item.arguments()));
            }
            add(ofItem("response.output_item.done", item.ended(status)));
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            add(ofItem("response.output_item.added", item.begun()));
        }
    }

    private void write(Step step) {
        if (step instanceof Step.Delta delta) {
            if (part == null || part.kind() != ContentKind.of(delta.channel())) {
                endPart();
                part = parts.next();
                partIndex++;
                add(ofPart(part.kind().partEvent + ".added").put("part", part.kind().part("")));
            }
            add(part.kind().delta(ofPart(part.kind().textEvent + ".delta"), delta.text()));
        } else if (step instanceof Step.Arguments arguments) {
            add(child("response.function_call_arguments.delta").put("delta", arguments.fragment()));
        } else if (step instanceof Step.Chunk chunk) {
            add(chunk.json().copy());
        }
    }

    private void endPart() {
        if (part != null) {
            add(part.kind().done(ofPart(part.kind().textEvent + ".done"), part.text()));
            add(ofPart(part.kind().partEvent + ".done").put("part", part.kind().part(part.text())));
        }
    }

    private JsonObject ofItem(String type, JsonObject json) {
        return ResponsesStream.event(type).put("output_index", index).put("item", json);
    }

    private JsonObject child(String type) {
        return ResponsesStream.event(type).put("item_id", item.id).put("output_index", index);
    }

    private JsonObject ofPart(String type) {
        return child(type).put(part.kind().indexKey, partIndex);
    }

    private void add(JsonObject event) {
        waits.before(event);
        out.accept(event);
    }
}
