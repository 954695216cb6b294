package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseError;

/** Writes responses. */
public final class ResponseWriter {

    private ResponseWriter() {
    }

    public static void write(JsonGenerator out, LlmResponse response) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", response.id());
        out.writeStringField("object", "response");
        out.writeFieldName("created_at");
        InstantJson.write(out, response.createdAt());
        if (response.completedAt().isPresent()) {
            out.writeFieldName("completed_at");
            InstantJson.write(out, response.completedAt().get());
        }
        out.writeStringField("status", response.status().wireName());
        out.writeStringField("model", response.model());
        out.writeFieldName("output");
        ItemWriter.write(out, response.output());
        out.writeStringField("finish_reason", response.finishReason().wireName());
        OptionalFields.string(out, "provider_finish_reason", response.providerFinishReason());
        if (response.incompleteReason().isPresent()) {
            writeSole(out, "incomplete_details", "reason", response.incompleteReason().get());
        }
        if (response.error().isPresent()) {
            out.writeFieldName("error");
            write(out, response.error().get());
        }
        if (response.usage().isPresent()) {
            out.writeFieldName("usage");
            UsageJson.write(out, response.usage().get());
        }
        OptionalFields.string(out, "service_tier", response.serviceTier());
        OptionalFields.string(out, "previous_response_id", response.previousResponseId());
        if (response.conversation().isPresent()) {
            writeSole(out, "conversation", "id", response.conversation().get());
        }
        // the map has no order of its own, the text shall
        OptionalFields.strings(out, "metadata", new TreeMap<>(response.metadata()));
        OptionalFields.raw(out, "extra_body", response.extraBody());
        writeRepairs(out, response.repairs());
        out.writeEndObject();
    }

    private static void writeRepairs(JsonGenerator out, Map<Repair, Integer> repairs) throws IOException {
        if (!repairs.isEmpty()) {
            out.writeObjectFieldStart("repairs");
            for (Map.Entry<Repair, Integer> repair : new TreeMap<>(repairs).entrySet()) {
                out.writeNumberField(repair.getKey().wireName(), repair.getValue());
            }
            out.writeEndObject();
        }
    }

    static void write(JsonGenerator out, ResponseError error) throws IOException {
        out.writeStartObject();
        out.writeStringField("code", error.code());
        out.writeStringField("message", error.message());
        out.writeEndObject();
    }

    private static void writeSole(JsonGenerator out, String field, String name, String value) throws IOException {
        out.writeObjectFieldStart(field);
        out.writeStringField(name, value);
        out.writeEndObject();
    }
}
