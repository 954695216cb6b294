package io.quarkiverse.llm.runtime.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.AnnotationAdded;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.RefusalDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseParsed;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;

/** Writes events. */
public final class EventWriter {

    private EventWriter() {
    }

    public static void write(JsonGenerator out, LlmEvent event) throws IOException {
        out.writeStartObject();
        if (event instanceof OfItem ofItem) {
            writeOfItem(out, ofItem);
        } else if (event instanceof ResponseStarted started) {
            out.writeStringField("type", "response_started");
            out.writeStringField("response_id", started.responseId());
            out.writeStringField("model", started.model());
            out.writeFieldName("created_at");
            InstantJson.write(out, started.createdAt());
        } else if (event instanceof ResponseParsed<?> parsed) {
            out.writeStringField("type", "response_parsed");
            out.writePOJOField("value", parsed.value());
        } else if (event instanceof ResponseCompleted completed) {
            out.writeStringField("type", "response_completed");
            out.writeFieldName("response");
            ResponseWriter.write(out, completed.response());
        } else if (event instanceof UnknownEvent unknown) {
            out.writeStringField("type", "unknown_event");
            out.writeStringField("event_type", unknown.type());
            JsonText.write(out, "json", unknown.json());
        } else {
            throw new IllegalArgumentException("No JSON form for " + event.getClass());
        }
        out.writeEndObject();
    }

    private static void writeOfItem(JsonGenerator out, OfItem event) throws IOException {
        if (event instanceof TextDelta delta) {
            begin(out, "text_delta", event);
            out.writeNumberField("content_index", delta.contentIndex());
            out.writeStringField("delta", delta.delta());
            JsonText.writeIfPresent(out, "logprobs", delta.logprobs());
        } else if (event instanceof ToolCallArgumentsDelta delta) {
            begin(out, "tool_call_arguments_delta", event);
            out.writeStringField("call_id", delta.callId());
            out.writeStringField("delta", delta.delta());
        } else if (event instanceof ReasoningDelta delta) {
            begin(out, "reasoning_delta", event);
            out.writeStringField("kind", EventKinds.name(delta.kind()));
            out.writeNumberField("part_index", delta.partIndex());
            out.writeStringField("delta", delta.delta());
        } else if (event instanceof RefusalDelta delta) {
            begin(out, "refusal_delta", event);
            out.writeNumberField("content_index", delta.contentIndex());
            out.writeStringField("delta", delta.delta());
        } else if (event instanceof AnnotationAdded added) {
            begin(out, "annotation_added", event);
            out.writeNumberField("content_index", added.contentIndex());
            out.writeNumberField("annotation_index", added.annotationIndex());
            JsonText.write(out, "annotation", added.annotation().json());
        } else if (event instanceof ToolCallStart start) {
            begin(out, "tool_call_start", event);
            out.writeStringField("kind", EventKinds.name(start.kind()));
            OptionalFields.string(out, "namespace", start.namespace());
            out.writeStringField("name", start.name());
            out.writeStringField("call_id", start.callId());
        } else if (event instanceof ToolCallComplete complete) {
            begin(out, "tool_call_complete", event);
            out.writeFieldName("call");
            ItemWriter.write(out, complete.call());
        } else if (event instanceof ItemStarted started) {
            begin(out, "item_started", event);
            out.writeFieldName("item");
            ItemWriter.write(out, started.item());
        } else if (event instanceof ItemComplete complete) {
            begin(out, "item_complete", event);
            out.writeFieldName("item");
            ItemWriter.write(out, complete.item());
        } else {
            throw new IllegalArgumentException("No JSON form for " + event.getClass());
        }
    }

    private static void begin(JsonGenerator out, String type, OfItem event) throws IOException {
        out.writeStringField("type", type);
        out.writeStringField("item_id", event.itemId());
        out.writeNumberField("output_index", event.outputIndex());
    }
}
