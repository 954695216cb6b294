package io.quarkiverse.llm.runtime.wire.responses;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.OptionalFields;
import io.quarkiverse.llm.runtime.json.OutputFormatWriter;
import io.quarkiverse.llm.runtime.json.ToolChoiceWriter;
import io.quarkiverse.llm.runtime.json.UsageJson;

/**
 * A response as a server of the Responses API shows it: what it has come to, and what was asked for. Every field that the
 * suite of Open Responses requires is there, with OpenAI's default where nothing is known.
 *
 * @param request what is echoed
 */
public record ResponseResource(LlmRequest request, LlmResponse response) {

    /** The fields that the model has, here or in the request. */
    static final Set<String> FIELDS = Set.of("id", "object", "created_at", "completed_at", "status", "model", "output",
            "output_text", "incomplete_details", "error", "usage", "temperature", "top_p", "presence_penalty",
            "frequency_penalty",
            "top_logprobs", "max_output_tokens", "max_tool_calls", "reasoning", "text", "tools", "tool_choice",
            "parallel_tool_calls", "instructions", "previous_response_id", "conversation", "store", "background", "truncation",
            "service_tier", "safety_identifier", "prompt_cache_key", "metadata");

    private static final Set<String> INCOMPLETE_REASONS = Set.of("max_output_tokens", "content_filter", "max_messages",
            "steered");
    private static final Usage NOT_COUNTED = new Usage(0, 0, 0, 0, 0, 0);
    private static final JsonFactory JSON = new JsonFactory();

    /** The body of an answer that does not come in events. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeIdentity(json);
        writeOutcome(json);
        writeOptions(json, request.options());
        writeTools(json);
        writeState(json);
        for (Map.Entry<String, RawJson> extra : response.extraBody().entrySet()) {
            JsonText.writeName(json, extra.getKey());
            JsonText.write(json, extra.getValue());
        }
        json.writeEndObject();
    }

    private void writeIdentity(JsonGenerator json) throws IOException {
        json.writeStringField("id", response.id());
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", response.createdAt().getEpochSecond());
        json.writeFieldName("completed_at");
        Optional<Instant> completedAt = completedAt();
        if (completedAt.isPresent()) {
            json.writeNumber(completedAt.get().getEpochSecond());
        } else {
            json.writeNull();
        }
        json.writeStringField("status", response.status().wireName());
        json.writeStringField("model", response.model());
    }

    /** Some servers say it of answers that a limit has cut, too. */
    private Optional<Instant> completedAt() {
        return response.completedAt().filter(end -> response.status() == ResponseStatus.COMPLETED);
    }

    private void writeOutcome(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("output");
        for (Item item : response.output()) {
            OutputItemWriter.write(json, item, ItemStatus.COMPLETED);
        }
        json.writeEndArray();
        if (!isOpen()) {
            // of the SDKs' own making, but clients without an SDK look for it
            json.writeStringField("output_text", response.text());
        }
        writeSole(json, "incomplete_details", "reason", incompleteReason());
        if (response.error().isPresent()) {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", response.error().get().code());
            json.writeStringField("message", response.error().get().message());
            json.writeEndObject();
        } else {
            json.writeNullField("error");
        }
        Optional<Usage> usage = usage();
        if (usage.isPresent()) {
            json.writeFieldName("usage");
            UsageJson.write(json, usage.get());
        } else {
            json.writeNullField("usage");
        }
    }

    /** Several clients fail at the end of an answer that has none. */
    private Optional<Usage> usage() {
        boolean needed = !isOpen() && response.status() != ResponseStatus.FAILED;
        return response.usage().or(() -> needed ? Optional.of(NOT_COUNTED) : Optional.empty());
    }

    /** Strict clients know only these; what ended an answer early for any other reason is best taken for a limit. */
    private Optional<String> incompleteReason() {
        if (response.status() != ResponseStatus.INCOMPLETE) {
            return Optional.empty();
        } else if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            return Optional.of("content_filter");
        }
        return Optional.of(response.incompleteReason().filter(INCOMPLETE_REASONS::contains).orElse("max_output_tokens"));
    }

    private void writeOptions(JsonGenerator json, GenerationOptions options) throws IOException {
        json.writeNumberField("temperature", options.temperature().orElse(1.0));
        json.writeNumberField("top_p", options.topP().orElse(1.0));
        json.writeNumberField("presence_penalty", options.presencePenalty().orElse(0.0));
        json.writeNumberField("frequency_penalty", options.frequencyPenalty().orElse(0.0));
        json.writeNumberField("top_logprobs", options.topLogprobs().orElse(0));
        writeNullable(json, "max_output_tokens", options.maxOutputTokens());
        writeNullable(json, "max_tool_calls", options.maxToolCalls());
        json.writeObjectFieldStart("reasoning");
        writeNullable(json, "effort", options.reasoningEffort());
        writeNullable(json, "summary", options.reasoningSummary());
        json.writeEndObject();
        json.writeObjectFieldStart("text");
        json.writeFieldName("format");
        OutputFormatWriter.write(json, request.outputFormat().orElse(OutputFormat.TEXT));
        OptionalFields.string(json, "verbosity", options.verbosity());
        json.writeEndObject();
    }

    private void writeTools(JsonGenerator json) throws IOException {
        json.writeFieldName("tools");
        EchoedTools.write(json, request.tools());
        json.writeFieldName("tool_choice");
        ToolChoiceWriter.write(json, request.toolChoice().orElse(ToolChoice.AUTO));
        json.writeBooleanField("parallel_tool_calls", request.options().parallelToolCalls().orElse(true));
    }

    private void writeState(JsonGenerator json) throws IOException {
        writeNullable(json, "instructions", request.instructions());
        writeNullable(json, "previous_response_id", response.previousResponseId().or(request::previousResponseId));
        Optional<String> conversation = response.conversation().or(request::conversation);
        if (conversation.isPresent()) {
            writeSole(json, "conversation", "id", conversation);
        }
        json.writeBooleanField("store", request.store().orElse(true));
        json.writeBooleanField("background", request.background().orElse(false));
        json.writeStringField("truncation", request.truncation().orElse("disabled"));
        json.writeStringField("service_tier", serviceTier());
        writeNullable(json, "safety_identifier", request.safetyIdentifier());
        writeNullable(json, "prompt_cache_key", request.promptCacheKey());
        writeMetadata(json, response.metadata().isEmpty() ? request.metadata() : response.metadata());
    }

    /** The one asked for at first, the one that really served in the end. */
    private String serviceTier() {
        return response.serviceTier().or(request::serviceTier).orElse(isOpen() ? "auto" : "default");
    }

    private boolean isOpen() {
        return response.status() == ResponseStatus.QUEUED || response.status() == ResponseStatus.IN_PROGRESS;
    }

    private static void writeMetadata(JsonGenerator json, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            json.writeObjectFieldStart("metadata");
            json.writeEndObject();
        } else {
            OptionalFields.strings(json, "metadata", new TreeMap<>(metadata));
        }
    }

    private static void writeNullable(JsonGenerator json, String name, Optional<?> value) throws IOException {
        json.writeFieldName(name);
        if (value.isEmpty()) {
            json.writeNull();
        } else if (value.get() instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.get().toString());
        }
    }

    private static void writeSole(JsonGenerator json, String name, String field, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isEmpty()) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringField(field, value.get());
            json.writeEndObject();
        }
    }
}
