package io.quarkiverse.llm.runtime.wire.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.ProviderSettings;

/**
 * Encodes a request for the Chat Completions API. The same request gives the same bytes, and a history that only grew
 * begins with the same messages, so that prompt caches hit.
 */
final class ChatRequestEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    private final ProviderSettings settings;
    private final ChatMessagesWriter messages;
    private final ChatLimits limits;

    ChatRequestEncoder(ProviderSettings settings) {
        this.settings = settings;
        this.messages = new ChatMessagesWriter(settings.name(), settings.quirks());
        this.limits = new ChatLimits(settings.name());
    }

    byte[] encode(LlmRequest request, boolean stream) {
        Map<String, RawJson> extraBody = extraBody(request);
        limits.check(request, extraBody);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            write(request, stream, new BodyWriter(json, extraBody.keySet()));
            for (Map.Entry<String, RawJson> extra : extraBody.entrySet()) {
                json.writeFieldName(extra.getKey());
                json.writeRawValue(extra.getValue().text());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Map<String, RawJson> extraBody(LlmRequest request) {
        if (request.extraBody().isEmpty()) {
            return settings.extraBody();
        }
        Map<String, RawJson> merged = new LinkedHashMap<>(settings.extraBody());
        merged.putAll(request.extraBody());
        return merged;
    }

    private void write(LlmRequest request, boolean stream, BodyWriter body) throws IOException {
        body.text("model", request.model().or(settings::model));
        if (body.begins("messages")) {
            messages.write(request, body.json());
        }
        writeStream(stream, body);
        GenerationOptions options = request.options().orElse(settings.options());
        writeOptions(options, body);
        writeTools(request, options, body);
        writeFormat(request, body);
        body.text("verbosity", options.verbosity());
        body.bool("store", request.store());
        body.texts("metadata", request.metadata());
        body.text("prompt_cache_key", request.promptCacheKey());
        body.text("safety_identifier", request.safetyIdentifier());
        body.text("service_tier", request.serviceTier());
    }

    private void writeStream(boolean stream, BodyWriter body) throws IOException {
        if (!stream) {
            return;
        }
        if (body.begins("stream")) {
            body.json().writeBoolean(true);
        }
        if (settings.includeUsage() && body.begins("stream_options")) {
            body.json().writeStartObject();
            body.json().writeBooleanField("include_usage", true);
            body.json().writeEndObject();
        }
    }

    private void writeOptions(GenerationOptions options, BodyWriter body) throws IOException {
        body.number("temperature", options.temperature());
        body.number("top_p", options.topP());
        body.number("presence_penalty", options.presencePenalty());
        body.number("frequency_penalty", options.frequencyPenalty());
        body.number("seed", options.seed());
        body.texts("stop", options.stop());
        body.number(settings.quirks().maxTokensField(), options.maxOutputTokens());
        if (options.topLogprobs().isPresent()) {
            body.bool("logprobs", true);
            body.number("top_logprobs", options.topLogprobs().filter(count -> count > 0));
        }
        body.text("reasoning_effort", options.reasoningEffort());
    }

    private void writeTools(LlmRequest request, GenerationOptions options, BodyWriter body) throws IOException {
        if (request.tools().isEmpty()) {
            // A choice among no tools is refused by servers that check it.
            return;
        }
        if (body.begins("tools")) {
            ChatToolsWriter.writeTools(request.tools(), body.json());
        }
        if (request.toolChoice().isPresent() && body.begins("tool_choice")) {
            ChatToolsWriter.writeChoice(request.toolChoice().get(), body.json());
        }
        body.bool("parallel_tool_calls", options.parallelToolCalls());
    }

    private static void writeFormat(LlmRequest request, BodyWriter body) throws IOException {
        if (request.outputFormat().isEmpty() || !body.begins("response_format")) {
            return;
        }
        JsonGenerator json = body.json();
        json.writeStartObject();
        OutputFormat format = request.outputFormat().get();
        if (format instanceof OutputFormat.JsonSchema schema) {
            json.writeStringField("type", "json_schema");
            json.writeObjectFieldStart("json_schema");
            json.writeStringField("name", schema.name());
            if (schema.description().isPresent()) {
                json.writeStringField("description", schema.description().get());
            }
            json.writeFieldName("schema");
            json.writeRawValue(schema.schema().text());
            if (schema.strict().isPresent()) {
                json.writeBooleanField("strict", schema.strict().get());
            }
            json.writeEndObject();
        } else {
            json.writeStringField("type", format instanceof OutputFormat.Json ? "json_object" : "text");
        }
        json.writeEndObject();
    }
}
