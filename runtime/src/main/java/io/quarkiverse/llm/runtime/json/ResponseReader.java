package io.quarkiverse.llm.runtime.json;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;

/** Reads responses, those of the Responses API too. Unknown fields are ignored. */
public final class ResponseReader {

    private ResponseReader() {
    }

    public static LlmResponse read(JsonFields response) {
        List<Item> output = response.value("output").map(ItemReader::readList).orElse(List.of());
        ResponseStatus status = response.value("status").map(ResponseReader::status).orElse(ResponseStatus.COMPLETED);
        String incompleteReason = response.object("incomplete_details").flatMap(details -> details.string("reason"))
                .orElse(null);
        return LlmResponse.builder()
                .id(response.required("id").string())
                .model(response.required("model").string())
                .createdAt(InstantJson.read(response.required("created_at")))
                .completedAt(response.value("completed_at").map(InstantJson::read).orElse(null))
                .status(status)
                .items(output)
                .finishReason(response.string("finish_reason")
                        .map(reason -> FinishReason.find(reason).orElse(FinishReason.OTHER))
                        .orElseGet(() -> finishReason(status, incompleteReason, output)))
                .providerFinishReason(response.string("provider_finish_reason").orElse(null))
                .incompleteReason(incompleteReason)
                .usage(response.object("usage").map(UsageJson::read).orElse(null))
                .error(response.object("error").map(ResponseReader::error).orElse(null))
                .serviceTier(response.string("service_tier").orElse(null))
                .previousResponseId(response.string("previous_response_id").orElse(null))
                .conversation(response.value("conversation").map(RequestReader::conversation).orElse(null))
                .metadata(metadata(response))
                .extraBody(extraBody(response))
                .repairs(repairs(response))
                .build();
    }

    private static ResponseStatus status(JsonValue status) {
        return ResponseStatus.find(status.string())
                .orElseThrow(() -> status.wrong("is no status of a response: " + status.excerpt()));
    }

    /** The Responses API does not say it outright. */
    private static FinishReason finishReason(ResponseStatus status, String incompleteReason, List<Item> output) {
        if (status != ResponseStatus.COMPLETED || incompleteReason != null) {
            return switch (String.valueOf(incompleteReason)) {
                case "max_output_tokens" -> FinishReason.LENGTH;
                case "content_filter" -> FinishReason.CONTENT_FILTER;
                default -> FinishReason.OTHER;
            };
        }
        return output.stream().anyMatch(ToolCall.class::isInstance) ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }

    static ResponseError error(JsonFields error) {
        return new ResponseError(error.string("code").orElse("server_error"), error.required("message").string());
    }

    private static Map<String, RawJson> extraBody(JsonFields response) {
        Map<String, RawJson> extraBody = new LinkedHashMap<>();
        response.object("extra_body").map(JsonFields::toMap).orElse(Map.of())
                .forEach((name, value) -> extraBody.put(name, value.raw()));
        return extraBody;
    }

    private static Map<Repair, Integer> repairs(JsonFields response) {
        Map<Repair, Integer> repairs = new EnumMap<>(Repair.class);
        response.object("repairs").map(JsonFields::toMap).orElse(Map.of())
                .forEach((name, count) -> Repair.find(name).ifPresent(repair -> repairs.put(repair, count.integer())));
        return repairs;
    }

    private static Map<String, String> metadata(JsonFields response) {
        Map<String, String> metadata = new HashMap<>();
        response.object("metadata").map(JsonFields::toMap).orElse(Map.of())
                .forEach((key, value) -> metadata.put(key, value.stringOrText()));
        return metadata;
    }
}
