package io.quarkiverse.llm.runtime.json;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

import io.quarkiverse.llm.LlmRequest;

/** Reads requests. Unknown fields are ignored, and so is an API key. */
public final class RequestReader {

    private RequestReader() {
    }

    public static LlmRequest read(JsonFields request) {
        LlmRequest.Builder builder = readSettings(request)
                .timeout(request.value("timeout").map(RequestReader::timeout).orElse(null));
        request.value("input").map(ItemReader::readList).ifPresent(builder::items);
        fields(request, "extra_body").forEach((key, value) -> builder.extraBody(key, value.raw()));
        fields(request, "extra_headers").forEach((key, value) -> builder.extraHeader(key, value.string()));
        return builder.build();
    }

    /** All that a request of the Responses API has as well, but its input. */
    public static LlmRequest.Builder readSettings(JsonFields request) {
        LlmRequest.Builder builder = LlmRequest.builder()
                .model(request.string("model").orElse(null))
                .instructions(request.string("instructions").orElse(null))
                .options(OptionsReader.read(request))
                .previousResponseId(request.string("previous_response_id").orElse(null))
                .conversation(request.value("conversation").map(RequestReader::conversation).orElse(null))
                .store(request.bool("store").orElse(null))
                .background(request.bool("background").orElse(null))
                .truncation(request.string("truncation").orElse(null))
                .promptCacheKey(request.string("prompt_cache_key").orElse(null))
                .safetyIdentifier(request.string("safety_identifier").orElse(null))
                .serviceTier(request.string("service_tier").orElse(null));
        request.value("tools").map(ToolReader::readList).ifPresent(builder::tools);
        request.value("tool_choice").map(ToolChoiceReader::read).ifPresent(builder::toolChoice);
        request.object("text").flatMap(text -> text.object("format")).map(OutputFormatReader::read)
                .ifPresent(builder::outputFormat);
        request.list("include").forEach(name -> builder.include(name.string()));
        fields(request, "metadata").forEach((key, value) -> {
            if (!value.isNull()) {
                builder.metadata(key, value.stringOrText());
            }
        });
        return builder;
    }

    /** The id of a conversation, plain or in an object. */
    static String conversation(JsonValue conversation) {
        return conversation.isString() ? conversation.string() : conversation.object().required("id").string();
    }

    private static Map<String, JsonValue> fields(JsonFields request, String name) {
        return request.object(name).map(JsonFields::toMap).orElse(Map.of());
    }

    private static Duration timeout(JsonValue timeout) {
        if (timeout.isNumber()) {
            return Duration.ofMillis(timeout.longInteger());
        }
        try {
            return Duration.parse(timeout.string());
        } catch (DateTimeParseException e) {
            throw timeout.wrong("must be a duration such as PT30S, or a number of milliseconds");
        }
    }
}
