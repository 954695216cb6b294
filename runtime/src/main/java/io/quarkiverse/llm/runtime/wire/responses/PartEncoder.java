package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.Logprobs;

/** A part of a message or of reasoning while it is written: from its {@code added} to its {@code done}. */
final class PartEncoder {

    private static final SerializedString DELTA = new SerializedString(",\"delta\":");
    private static final SerializedString TEXT_DELTA = new SerializedString(",\"logprobs\":[],\"delta\":");

    final PartEvents kind;
    /** Its place for subscribers. */
    final int index;
    private final int wireIndex;
    private final EventOutput out;
    private final ItemPlace item;
    private final SerializedString head;
    private final SerializedString middle;
    private final StringBuilder text = new StringBuilder();
    private final List<Annotation> annotations = new ArrayList<>(0);
    private final List<RawJson> logprobs = new ArrayList<>(0);

    PartEncoder(EventOutput out, ItemPlace item, PartEvents kind, int index, int wireIndex) {
        this.out = out;
        this.item = item;
        this.kind = kind;
        this.index = index;
        this.wireIndex = wireIndex;
        this.head = item.deltaHead(kind.delta, "\"" + kind.place.index + "\":" + wireIndex + ",");
        this.middle = kind == PartEvents.TEXT ? TEXT_DELTA : DELTA;
        out.event(kind.place.added, json -> {
            writePlace(json);
            json.writeFieldName("part");
            kind.writeEmpty(json);
        });
    }

    boolean is(PartEvents otherKind, int otherIndex) {
        return kind == otherKind && index == otherIndex;
    }

    void delta(String delta) {
        text.append(delta);
        out.delta(kind.delta, head, middle, delta);
    }

    /** Says nothing, so that the client knows that more will come. */
    void keepAlive() {
        delta("");
    }

    void delta(String delta, Optional<RawJson> logprobsOfDelta) {
        if (logprobsOfDelta.isEmpty()) {
            delta(delta);
            return;
        }
        text.append(delta);
        logprobs.add(logprobsOfDelta.get());
        out.event(kind.delta, json -> {
            writePlace(json);
            json.writeStringField("delta", delta);
            JsonText.write(json, "logprobs", logprobsOfDelta.get());
        });
    }

    void annotation(Annotation annotation, int annotationIndex) {
        annotations.add(annotation);
        out.event("response.output_text.annotation.added", json -> {
            writePlace(json);
            json.writeNumberField("annotation_index", annotationIndex);
            JsonText.write(json, "annotation", annotation.json());
        });
    }

    /** What is left of the whole; nothing when that is not what was written of it. */
    void write(OutputText whole) {
        if (!whole.text().startsWith(text.toString())) {
            return;
        }
        if (whole.text().length() > text.length()) {
            delta(whole.text().substring(text.length()));
        }
        for (int i = annotations.size(); i < whole.annotations().size(); i++) {
            annotation(whole.annotations().get(i), i);
        }
        if (whole.logprobs() != null) {
            logprobs.clear();
            logprobs.add(whole.logprobs());
        }
    }

    /** @return all that was written of it */
    OutputText done() {
        OutputText whole = new OutputText(text.toString(), annotations, Logprobs.join(logprobs).orElse(null));
        out.event(kind.done, json -> {
            writePlace(json);
            json.writeStringField(kind.textField, whole.text());
            if (kind == PartEvents.TEXT) {
                whole.writeLogprobs(json);
            }
        });
        out.event(kind.place.done, json -> {
            writePlace(json);
            json.writeFieldName("part");
            kind.write(json, whole);
        });
        return whole;
    }

    private void writePlace(JsonGenerator json) throws IOException {
        item.write(json);
        json.writeNumberField(kind.place.index, wireIndex);
    }
}
