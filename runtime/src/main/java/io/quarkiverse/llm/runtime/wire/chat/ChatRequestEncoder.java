package io.quarkiverse.llm.runtime.wire.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.Quirk;
import io.quarkiverse.llm.runtime.config.Quirks;
import io.quarkiverse.llm.runtime.wire.ExtraBody;

/**
 * Encodes a request for the Chat Completions API. The same request gives the same bytes, and a history that only grew
 * begins with the same messages, so that prompt caches hit.
 */
final class ChatRequestEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    private final ProviderSettings settings;
    private final Quirks quirks;
    private final ChatMessagesWriter messages;
    private final ChatToolsWriter tools;
    private final ChatFormatWriter formats;
    private final ReasoningEffortWriter reasoningEffort;
    private final ChatLimits limits;

    ChatRequestEncoder(ProviderSettings settings) {
        this.settings = settings;
        this.quirks = settings.quirks();
        this.limits = new ChatLimits(settings.name());
        this.messages = new ChatMessagesWriter(quirks);
        this.tools = new ChatToolsWriter(quirks.is(Quirk.STRICT_TOOLS));
        this.formats = new ChatFormatWriter(quirks.get(Quirk.RESPONSE_FORMATS), quirks.is(Quirk.STRICT_RESPONSE_FORMAT));
        this.reasoningEffort = new ReasoningEffortWriter(quirks.get(Quirk.REASONING_EFFORT_FORM));
    }

    Optional<String> unsupported(LlmRequest request) {
        return limits.unsupported(request, ExtraBody.of(request, settings).keySet());
    }

    byte[] encode(LlmRequest request, boolean stream) {
        Map<String, RawJson> extraBody = ExtraBody.of(request, settings);
        limits.check(request, extraBody);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            write(request, stream, new BodyWriter(json, notOurs(extraBody.keySet())));
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

    /** What somebody else writes, and what the server must not see. */
    private Set<String> notOurs(Set<String> extraFields) {
        Set<String> omitted = quirks.get(Quirk.OMITTED_FIELDS);
        if (omitted.isEmpty()) {
            return extraFields;
        }
        Set<String> fields = new HashSet<>(omitted);
        fields.addAll(extraFields);
        return fields;
    }

    private void write(LlmRequest request, boolean stream, BodyWriter body) throws IOException {
        body.text("model", request.model().or(settings::model));
        if (body.begins("messages")) {
            messages.write(request, formatInstructions(request), body.json());
        }
        writeStream(stream, body);
        GenerationOptions options = request.options().orElse(settings.options());
        writeOptions(options, body);
        writeTools(request, options, body);
        if (request.outputFormat().isPresent()) {
            formats.write(request.outputFormat().get(), body);
        }
        body.text("verbosity", options.verbosity());
        body.bool("store", request.store());
        body.texts("metadata", request.metadata());
        body.text("prompt_cache_key", request.promptCacheKey());
        body.text("safety_identifier", request.safetyIdentifier());
        body.text("service_tier", request.serviceTier());
    }

    private Optional<String> formatInstructions(LlmRequest request) {
        boolean said = request.extraBody().containsKey(ChatFormatWriter.FIELD);
        return said ? Optional.empty() : request.outputFormat().flatMap(formats::instructions);
    }

    private void writeStream(boolean stream, BodyWriter body) throws IOException {
        if (!stream) {
            return;
        }
        if (body.begins("stream")) {
            body.json().writeBoolean(true);
        }
        if (quirks.is(Quirk.INCLUDE_USAGE) && body.begins("stream_options")) {
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
        body.number(quirks.get(Quirk.SEED_FIELD).wireName(), options.seed());
        body.texts("stop", options.stop());
        body.number(quirks.get(Quirk.MAX_TOKENS_FIELD).wireName(), options.maxOutputTokens());
        if (options.topLogprobs().isPresent()) {
            body.bool("logprobs", true);
            body.number("top_logprobs", options.topLogprobs().filter(count -> count > 0));
        }
        if (options.reasoningEffort().isPresent()) {
            reasoningEffort.write(options.reasoningEffort().get(), body);
        }
    }

    private void writeTools(LlmRequest request, GenerationOptions options, BodyWriter body) throws IOException {
        OfferedTools offered = OfferedTools.of(request, quirks.get(Quirk.TOOL_CHOICE_FORM), limits);
        if (offered.tools().isEmpty()) {
            // A choice among no tools is refused by servers that check it.
            return;
        }
        if (body.begins("tools")) {
            tools.writeTools(offered.tools(), body.json());
        }
        if (offered.choice().isPresent() && body.begins("tool_choice")) {
            ChatToolsWriter.writeChoice(offered.choice().get(), body.json());
        }
        body.bool("parallel_tool_calls", options.parallelToolCalls());
    }
}
