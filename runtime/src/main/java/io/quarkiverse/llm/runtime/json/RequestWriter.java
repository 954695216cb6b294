package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmRequest;

/** Writes requests. The API key is a secret and left out. */
public final class RequestWriter {

    private RequestWriter() {
    }

    public static void write(JsonGenerator out, LlmRequest request) throws IOException {
        out.writeStartObject();
        OptionalFields.string(out, "model", request.model());
        OptionalFields.string(out, "instructions", request.instructions());
        out.writeFieldName("input");
        ItemWriter.write(out, request.input());
        if (!request.tools().isEmpty()) {
            out.writeFieldName("tools");
            ToolWriter.write(out, request.tools());
        }
        if (request.toolChoice().isPresent()) {
            out.writeFieldName("tool_choice");
            ToolChoiceWriter.write(out, request.toolChoice().get());
        }
        OptionsWriter.writeFields(out, request.options(), request.outputFormat());
        writeForServer(out, request);
        writeForUs(out, request);
        out.writeEndObject();
    }

    private static void writeForServer(JsonGenerator out, LlmRequest request) throws IOException {
        OptionalFields.strings(out, "include", request.include());
        OptionalFields.string(out, "previous_response_id", request.previousResponseId());
        OptionalFields.string(out, "conversation", request.conversation());
        OptionalFields.bool(out, "store", request.store());
        OptionalFields.bool(out, "background", request.background());
        OptionalFields.string(out, "truncation", request.truncation());
        OptionalFields.string(out, "prompt_cache_key", request.promptCacheKey());
        OptionalFields.string(out, "safety_identifier", request.safetyIdentifier());
        OptionalFields.string(out, "service_tier", request.serviceTier());
        OptionalFields.strings(out, "metadata", request.metadata());
    }

    /** The fields that the Responses API does not have. */
    private static void writeForUs(JsonGenerator out, LlmRequest request) throws IOException {
        OptionalFields.raw(out, "extra_body", request.extraBody());
        OptionalFields.strings(out, "extra_headers", request.extraHeaders());
        OptionalFields.string(out, "timeout", request.timeout().map(Duration::toString));
    }
}
