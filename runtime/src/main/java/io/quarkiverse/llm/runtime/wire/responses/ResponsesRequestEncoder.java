package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
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
import io.quarkiverse.llm.runtime.wire.BodyWriter;
import io.quarkiverse.llm.runtime.wire.ExtraBody;
import io.quarkiverse.llm.runtime.wire.LeadingInstructions;
import io.quarkiverse.llm.runtime.wire.OfferedTools;
import io.quarkiverse.llm.runtime.wire.RequestEncoder;
import io.quarkiverse.llm.runtime.wire.ResponseFormatWriter;

/** Encodes requests for the Responses API. */
final class ResponsesRequestEncoder extends RequestEncoder {

    private static final String TEXT = "text";
    private static final String INPUT = "input";
    private static final String INCLUDE = "include";
    private static final String PREVIOUS_RESPONSE = "previous_response_id";
    /** What a frame says otherwise, or must not say: the connection stands for it. */
    private static final Set<String> OF_HTTP = Set.of("type", "stream", "stream_options", "background");
    /** What a frame says besides its settings. */
    private static final Set<String> OF_TURN = Set.of(INPUT, INCLUDE, PREVIOUS_RESPONSE);
    /** Who says these decides what the conversation is. */
    private static final Set<String> CONVERSATION = Set.of(INPUT, PREVIOUS_RESPONSE, "conversation", "prompt");
    /**
     * What {@code POST /responses/input_tokens} takes (platform.openai.com/docs/api-reference/responses/input-tokens), and two
     * more that change what the model reads: the name that some servers have for {@code text}, and what llama.cpp and vLLM hand
     * to the template.
     */
    private static final Set<String> OF_INPUT = Set.of("model", INPUT, PREVIOUS_RESPONSE, "conversation", "instructions",
            "tools", "tool_choice", "parallel_tool_calls", TEXT, "reasoning", "truncation", "personality",
            ResponseFormatWriter.FIELD, "chat_template_kwargs");

    /** The fields of a frame that are not the same for all turns, or not of frames at all. */
    private final Set<String> noSettings;
    private final ResponsesLimits limits;
    private final ResponsesLimits inputLimits;
    private final TextFormat textFormat;

    ResponsesRequestEncoder(ProviderSettings settings) {
        this(settings, new ResponsesLimits(settings));
    }

    private ResponsesRequestEncoder(ProviderSettings settings, ResponsesLimits limits) {
        super(settings, limits);
        this.limits = limits;
        this.inputLimits = ResponsesLimits.ofInput(settings);
        this.textFormat = quirks.get(Quirk.TEXT_FORMAT);
        this.noSettings = Stream.of(quirks.get(Quirk.OMITTED_FIELDS), OF_HTTP, OF_TURN).flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    protected void write(LlmRequest request, boolean stream, BodyWriter body) throws IOException {
        GenerationOptions options = request.options().orElse(settings.options());
        AnswerFormat format = format(request);
        body.text("model", request.model().or(settings::model));
        ReplayedInput input = input(request, format, body.extra());
        body.text("instructions", input.instructions());
        if (body.begins(INPUT)) {
            InputWriter.write(input.all(), body.json());
        }
        if (stream) {
            body.bool("stream", true);
        }
        writeOptions(options, body);
        writeTools(request, options, body);
        writeText(format, options, body);
        if (!body.omitted().test(INCLUDE)) {
            body.texts(INCLUDE, inclusions(request, body.extra()));
        }
        body.text(PREVIOUS_RESPONSE, request.previousResponseId());
        body.text("conversation", request.conversation());
        body.bool("store", request.store());
        body.bool("background", request.background());
        body.text("truncation", request.truncation());
        body.texts("metadata", request.metadata());
        body.text("prompt_cache_key", request.promptCacheKey());
        body.text("safety_identifier", request.safetyIdentifier());
        body.text("service_tier", request.serviceTier());
    }

    /**
     * The request as a turn of a conversation over WebSocket.
     *
     * @throws LlmException when it cannot be carried
     */
    Turn turn(LlmRequest request) {
        Map<String, RawJson> extraBody = ExtraBody.of(request, settings);
        limits.checkFrame(request, extraBody);
        Set<String> omitted = quirks.get(Quirk.OMITTED_FIELDS);
        Map<String, RawJson> extraSettings = without(OF_HTTP, extraBody);
        boolean continuable = request.previousResponseId().isEmpty() && request.conversation().isEmpty()
                && Collections.disjoint(extraBody.keySet(), CONVERSATION) && Collections.disjoint(omitted, CONVERSATION);
        return new Turn(request, input(request, format(request), extraBody),
                new TurnFrames(encode(request, false, extraSettings, noSettings::contains), extraBody, omitted,
                        inclusions(request, extraBody)),
                isStored(request, extraBody), continuable);
    }

    /**
     * The body of a request to count the tokens of the input.
     *
     * @throws LlmException when the input cannot be carried, or not counted
     */
    byte[] encodeInput(LlmRequest request) {
        Map<String, RawJson> extraBody = ExtraBody.of(request, settings);
        inputLimits.check(request, extraBody);
        // not written, but what is replayed of the input depends on it
        LlmRequest asked = request.toBuilder().store(isStored(request, extraBody)).build();
        Map<String, RawJson> extraInput = new LinkedHashMap<>(extraBody);
        extraInput.keySet().retainAll(OF_INPUT);
        Set<String> omitted = quirks.get(Quirk.OMITTED_FIELDS);
        return encode(asked, false, extraInput, field -> !OF_INPUT.contains(field) || omitted.contains(field));
    }

    private static Map<String, RawJson> without(Set<String> names, Map<String, RawJson> fields) {
        if (Collections.disjoint(fields.keySet(), names)) {
            return fields;
        }
        Map<String, RawJson> left = new LinkedHashMap<>(fields);
        left.keySet().removeAll(names);
        return left;
    }

    private AnswerFormat format(LlmRequest request) {
        return AnswerFormat.of(request.outputFormat(), textFormat.kinds(quirks.get(Quirk.RESPONSE_FORMATS)),
                quirks.is(Quirk.STRICT_RESPONSE_FORMAT));
    }

    private ReplayedInput input(LlmRequest request, AnswerFormat format, Map<String, RawJson> extraBody) {
        boolean formatIsOurs = !extraBody.containsKey(
                textFormat == TextFormat.RESPONSE_FORMAT ? ResponseFormatWriter.FIELD : TEXT);
        LeadingInstructions leading = LeadingInstructions.of(request, format.instructions().filter(text -> formatIsOurs),
                quirks.is(Quirk.MERGE_INSTRUCTIONS));
        return new ReplayedInput(request.input(), leading, isStored(request, extraBody), quirks);
    }

    private static boolean isStored(LlmRequest request, Map<String, RawJson> extraBody) {
        RawJson said = extraBody.get("store");
        return said == null ? request.store().orElse(true) : !said.text().strip().equals("false");
    }

    /**
     * What the server leaves out of its answer unless it is told: log probabilities, and the reasoning where the next request
     * must bring it along because nobody stores it (platform.openai.com/docs/guides/reasoning). As models that do not reason
     * refuse to be asked for it, it is when reasoning is, or when some came hidden before.
     */
    private List<String> inclusions(LlmRequest request, Map<String, RawJson> extraBody) {
        GenerationOptions options = request.options().orElse(settings.options());
        Set<String> inclusions = new LinkedHashSet<>(request.include());
        if (options.topLogprobs().isPresent()) {
            inclusions.add("message.output_text.logprobs");
        }
        boolean reasons = options.reasoningEffort().filter(effort -> !effort.equals("none")).isPresent()
                || options.reasoningSummary().isPresent() || request.input().stream()
                        .anyMatch(item -> item instanceof Reasoning thought && thought.content().isEmpty());
        if (reasons && !isStored(request, extraBody) && quirks.get(Quirk.REASONING_REPLAY) == ReasoningReplay.ENCRYPTED) {
            inclusions.add("reasoning.encrypted_content");
        }
        return List.copyOf(inclusions);
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
