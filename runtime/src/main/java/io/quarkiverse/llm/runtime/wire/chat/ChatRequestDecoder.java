package io.quarkiverse.llm.runtime.wire.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.OutputFormatReader;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * Reads the body of a request. What is wrong in the request itself is refused; what is merely odd in the conversation that it
 * replays is not.
 */
final class ChatRequestDecoder {

    private static final String INVALID_VALUE = "invalid_value";
    private static final String UNSUPPORTED_VALUE = "unsupported_value";

    private ChatRequestDecoder() {
    }

    /**
     * @throws InvalidRequestException when the request itself is wrong
     */
    static ReceivedRequest decode(byte[] body, DegradeMode mode) {
        try {
            return decode(JsonFields.of(new String(body, StandardCharsets.UTF_8)), new Degrading(mode));
        } catch (JsonShapeException e) {
            throw InvalidRequestException.of(e);
        }
    }

    private static ReceivedRequest decode(JsonFields fields, Degrading degrading) {
        checkAnswers(fields);
        List<JsonValue> messages = fields.required("messages").list();
        if (messages.isEmpty()) {
            throw new InvalidRequestException("\"messages\" must not be empty", "messages", INVALID_VALUE);
        }
        LlmRequest.Builder request = LlmRequest.builder()
                .model(fields.string("model").orElse(null))
                .items(new ReceivedMessages(degrading).read(messages))
                .options(ReceivedOptions.read(fields))
                .outputFormat(fields.object("response_format").map(OutputFormatReader::read).orElse(null))
                .store(fields.bool("store").orElse(null))
                .serviceTier(fields.string("service_tier").orElse(null))
                .promptCacheKey(fields.string("prompt_cache_key").orElse(null))
                .safetyIdentifier(fields.string("safety_identifier").orElse(null));
        ReceivedTools tools = ReceivedTools.of(fields);
        request.tools(tools.tools()).toolChoice(tools.choice().orElse(null));
        fields.object("metadata").map(JsonFields::toMap).orElse(Map.of())
                .forEach((key, value) -> request.metadata(key, value.stringOrText()));
        boolean includeUsage = fields.object("stream_options").flatMap(options -> options.bool("include_usage")).orElse(false);
        return new ReceivedRequest(request.build(), fields.bool("stream").orElse(false), includeUsage,
                ChatFields.ofApi(fields), ChatFields.unknown(fields), degrading.degradations());
    }

    /** There is one answer, and it is written. */
    private static void checkAnswers(JsonFields fields) {
        if (fields.integer("n").orElse(1) != 1) {
            throw new InvalidRequestException("\"n\" must be 1: several answers to one request are not supported", "n",
                    UNSUPPORTED_VALUE);
        }
        if (fields.list("modalities").stream().anyMatch(modality -> modality.string().equals("audio"))) {
            throw new InvalidRequestException("\"modalities\" must be [\"text\"]: answers in audio are not supported",
                    "modalities", UNSUPPORTED_VALUE);
        }
    }
}
