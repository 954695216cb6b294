package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningReplay;
import io.quarkiverse.llm.runtime.config.preset.TextFormat;
import io.quarkiverse.llm.runtime.json.OptionalFields;
import io.quarkiverse.llm.runtime.json.OutputFormatWriter;
import io.quarkiverse.llm.runtime.json.ToolChoiceWriter;
import io.quarkiverse.llm.runtime.json.ToolWriter;
import io.quarkiverse.llm.runtime.wire.AnswerFormat;
import io.quarkiverse.llm.runtime.wire.AnsweredCalls;
import io.quarkiverse.llm.runtime.wire.BodyWriter;
import io.quarkiverse.llm.runtime.wire.LeadingInstructions;
import io.quarkiverse.llm.runtime.wire.OfferedTools;
import io.quarkiverse.llm.runtime.wire.RequestEncoder;
import io.quarkiverse.llm.runtime.wire.ResponseFormatWriter;

/** Encodes requests for the Responses API. */
final class ResponsesRequestEncoder extends RequestEncoder {

    private static final String TEXT = "text";

    private final ResponsesLimits limits;
    private final TextFormat textFormat;

    ResponsesRequestEncoder(ProviderSettings settings) {
        this(settings, new ResponsesLimits(settings));
    }

    private ResponsesRequestEncoder(ProviderSettings settings, ResponsesLimits limits) {
        super(settings, limits);
        this.limits = limits;
        this.textFormat = quirks.get(Quirk.TEXT_FORMAT);
    }

    @Override
    protected void write(LlmRequest request, boolean stream, BodyWriter body) throws IOException {
        GenerationOptions options = request.options().orElse(settings.options());
        boolean stored = isStored(request, body);
        AnswerFormat format = AnswerFormat.of(request.outputFormat(), textFormat.kinds(quirks.get(Quirk.RESPONSE_FORMATS)),
                quirks.is(Quirk.STRICT_RESPONSE_FORMAT));
        body.text("model", request.model().or(settings::model));
        List<Item> items = writeInstructions(request, format, stored, body);
        if (body.begins("input")) {
            InputWriter.write(items, body.json());
        }
        if (stream) {
            body.bool("stream", true);
        }
        writeOptions(options, body);
        writeTools(request, options, body);
        writeText(format, options, body);
        body.texts("include", inclusions(request, options, stored));
        body.text("previous_response_id", request.previousResponseId());
        body.text("conversation", request.conversation());
        body.bool("store", request.store());
        body.bool("background", request.background());
        body.text("truncation", request.truncation());
        body.texts("metadata", request.metadata());
        body.text("prompt_cache_key", request.promptCacheKey());
        body.text("safety_identifier", request.safetyIdentifier());
        body.text("service_tier", request.serviceTier());
    }

    private static boolean isStored(LlmRequest request, BodyWriter body) {
        RawJson said = body.extra().get("store");
        return said == null ? request.store().orElse(true) : !said.text().strip().equals("false");
    }

    /**
     * What the server leaves out of its answer unless it is told: log probabilities, and the reasoning where the next request
     * must bring it along because nobody stores it (platform.openai.com/docs/guides/reasoning). As models that do not reason
     * refuse to be asked for it, it is when reasoning is, or when some came hidden before.
     */
    private List<String> inclusions(LlmRequest request, GenerationOptions options, boolean stored) {
        Set<String> inclusions = new LinkedHashSet<>(request.include());
        if (options.topLogprobs().isPresent()) {
            inclusions.add("message.output_text.logprobs");
        }
        boolean reasons = options.reasoningEffort().filter(effort -> !effort.equals("none")).isPresent()
                || options.reasoningSummary().isPresent() || request.input().stream()
                        .anyMatch(item -> item instanceof Reasoning thought && thought.content().isEmpty());
        if (reasons && !stored && quirks.get(Quirk.REASONING_REPLAY) == ReasoningReplay.ENCRYPTED) {
            inclusions.add("reasoning.encrypted_content");
        }
        return List.copyOf(inclusions);
    }

    /**
     * The items that are left. What joined the instructions is the first of them: a server that stores the response keeps its
     * items, but not its instructions.
     */
    private List<Item> writeInstructions(LlmRequest request, AnswerFormat format, boolean stored, BodyWriter body)
            throws IOException {
        boolean formatIsOurs = !body.extra().containsKey(
                textFormat == TextFormat.RESPONSE_FORMAT ? ResponseFormatWriter.FIELD : TEXT);
        LeadingInstructions leading = LeadingInstructions.of(request, format.instructions().filter(text -> formatIsOurs),
                quirks.is(Quirk.MERGE_INSTRUCTIONS));
        ItemReplay replay = new ItemReplay(quirks, AnsweredCalls.of(request.input()), stored);
        List<Item> items = new ArrayList<>();
        if (request.input().stream().anyMatch(leading::holds)) {
            leading.message().flatMap(replay::next).ifPresent(items::add);
        } else {
            body.text("instructions", leading.message().map(Message::text));
        }
        request.input().stream().filter(item -> !leading.holds(item)).map(replay::next).flatMap(Optional::stream)
                .forEach(items::add);
        return items;
    }

    private void writeOptions(GenerationOptions options, BodyWriter body) throws IOException {
        body.number("temperature", options.temperature());
        body.number("top_p", options.topP());
        body.number("presence_penalty", options.presencePenalty());
        body.number("frequency_penalty", options.frequencyPenalty());
        body.number(quirks.get(Quirk.SEED_FIELD).wireName(), options.seed());
        body.texts("stop", options.stop());
        body.number("max_output_tokens", options.maxOutputTokens());
        body.number("max_tool_calls", options.maxToolCalls());
        body.number("top_logprobs", options.topLogprobs().filter(count -> count > 0));
        boolean reasoning = options.reasoningEffort().isPresent() || options.reasoningSummary().isPresent();
        if (reasoning && body.begins("reasoning")) {
            JsonGenerator json = body.json();
            json.writeStartObject();
            OptionalFields.string(json, "effort", options.reasoningEffort());
            OptionalFields.string(json, "summary", options.reasoningSummary());
            json.writeEndObject();
        }
    }

    private void writeTools(LlmRequest request, GenerationOptions options, BodyWriter body) throws IOException {
        OfferedTools offered = OfferedTools.of(request, quirks, limits);
        if (offered.isEmpty(body)) {
            return;
        }
        if (!offered.tools().isEmpty() && body.begins("tools")) {
            ToolWriter.write(body.json(),
                    quirks.is(Quirk.STRICT_TOOLS) ? ToolStrictness.said(offered.tools()) : offered.tools());
        }
        if (offered.choice().isPresent() && body.begins("tool_choice")) {
            ToolChoiceWriter.write(body.json(), offered.choice().get());
        }
        body.bool("parallel_tool_calls", options.parallelToolCalls());
    }

    private void writeText(AnswerFormat format, GenerationOptions options, BodyWriter body) throws IOException {
        Optional<OutputFormat> ours = format.sent();
        if (ours.isPresent() && textFormat == TextFormat.RESPONSE_FORMAT) {
            ResponseFormatWriter.write(ours.get(), body);
            ours = Optional.empty();
        }
        if ((ours.isPresent() || options.verbosity().isPresent()) && body.begins(TEXT)) {
            JsonGenerator json = body.json();
            json.writeStartObject();
            if (ours.isPresent()) {
                json.writeFieldName("format");
                OutputFormatWriter.write(json, ours.get());
            }
            OptionalFields.string(json, "verbosity", options.verbosity());
            json.writeEndObject();
        }
    }
}
