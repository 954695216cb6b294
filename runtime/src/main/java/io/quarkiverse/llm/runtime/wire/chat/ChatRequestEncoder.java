package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.wire.AnswerFormat;
import io.quarkiverse.llm.runtime.wire.BodyWriter;
import io.quarkiverse.llm.runtime.wire.OfferedTools;
import io.quarkiverse.llm.runtime.wire.RequestEncoder;
import io.quarkiverse.llm.runtime.wire.ResponseFormatWriter;

/** Encodes requests for the Chat Completions API. */
final class ChatRequestEncoder extends RequestEncoder {

    private final ChatMessagesWriter messages;
    private final ReasoningEffortWriter reasoningEffort;
    private final ChatLimits limits;

    ChatRequestEncoder(ProviderSettings settings) {
        this(settings, new ChatLimits(settings.name()));
    }

    private ChatRequestEncoder(ProviderSettings settings, ChatLimits limits) {
        super(settings, limits);
        this.limits = limits;
        this.messages = new ChatMessagesWriter(quirks);
        this.reasoningEffort = new ReasoningEffortWriter(quirks.get(Quirk.REASONING_EFFORT_FORM));
    }

    @Override
    protected void write(LlmRequest request, boolean stream, BodyWriter body) throws IOException {
        body.text("model", request.model().or(settings::model));
        AnswerFormat format = AnswerFormat.of(request.outputFormat(), quirks.get(Quirk.RESPONSE_FORMATS),
                quirks.is(Quirk.STRICT_RESPONSE_FORMAT));
        if (body.begins("messages")) {
            boolean ours = !body.extra().containsKey(ResponseFormatWriter.FIELD);
            messages.write(request, format.instructions().filter(text -> ours), body.json());
        }
        writeStream(stream, body);
        GenerationOptions options = request.options().orElse(settings.options());
        writeOptions(options, body);
        writeTools(request, options, body);
        if (format.sent().isPresent()) {
            ResponseFormatWriter.write(format.sent().get(), body);
        }
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
        OfferedTools offered = OfferedTools.of(request, quirks, limits);
        if (offered.isEmpty(body)) {
            return;
        }
        if (!offered.tools().isEmpty() && body.begins("tools")) {
            ChatToolsWriter.writeTools(offered.tools(), body.json());
        }
        if (offered.choice().isPresent() && body.begins("tool_choice")) {
            ChatToolsWriter.writeChoice(offered.choice().get(), body.json());
        }
        body.bool("parallel_tool_calls", options.parallelToolCalls());
    }
}
