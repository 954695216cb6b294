package io.quarkiverse.llm.runtime.wire.responses;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.UsageJson;
import io.quarkiverse.llm.runtime.wire.StreamingJson;

/** A {@code response} object as a server sent it; what it did not say is {@code null}. */
record ReceivedResponse(String id, String model, Instant createdAt, Instant completedAt, ResponseStatus status,
        String incompleteReason,
        JsonFields error, String serviceTier, Usage usage, String previousResponseId, String conversation,
        Map<String, String> metadata, Map<String, RawJson> extraBody, List<ReceivedItem> output) {

    private static final Set<String> READ = Set.of("id", "model", "created_at", "completed_at", "status",
            "incomplete_details", "error", "service_tier", "usage", "previous_response_id", "conversation", "metadata",
            "output");

    /** Whether the field says more than the request did: what is read, and what the server has of its own. */
    static boolean isRead(String field) {
        return READ.contains(field) || !ResponseResource.FIELDS.contains(field);
    }

    static ReceivedResponse of(JsonFields response) {
        String status = Received.text(response, "status");
        return new ReceivedResponse(Received.text(response, "id"), Received.text(response, "model"),
                instant(response, "created_at"),
                instant(response, "completed_at"),
                status == null ? null : ResponseStatus.find(status).orElse(null),
                Received.object(response, "incomplete_details").map(details -> Received.text(details, "reason")).orElse(null),
                Received.object(response, "error").orElse(null), Received.text(response, "service_tier"),
                Received.object(response, "usage").flatMap(ReceivedResponse::usage).orElse(null),
                Received.text(response, "previous_response_id"), conversation(response), metadata(response),
                extraBody(response),
                response.value("output").filter(JsonValue::isList).map(JsonValue::list).map(ReceivedResponse::items)
                        .orElse(null));
    }

    private static List<ReceivedItem> items(List<JsonValue> items) {
        return items.stream().filter(JsonValue::isObject).map(JsonValue::object).map(ReceivedItem::of).toList();
    }

    private static Instant instant(JsonFields response, String name) {
        return response.value(name).filter(JsonValue::isNumber).map(JsonValue::number).map(StreamingJson::instant)
                .orElse(null);
    }

    /** Nothing for an empty object (zed #42893). */
    private static Optional<Usage> usage(JsonFields usage) {
        if (!usage.has("input_tokens") && !usage.has("output_tokens") && !usage.has("total_tokens")) {
            return Optional.empty();
        }
        try {
            return Optional.of(UsageJson.read(usage));
        } catch (JsonShapeException e) {
            // Counts that cannot be read are no reason to fail.
            return Optional.empty();
        }
    }

    private static String conversation(JsonFields response) {
        String id = Received.text(response, "conversation");
        return id != null ? id
                : Received.object(response, "conversation").map(object -> Received.text(object, "id")).orElse(null);
    }

    private static Map<String, String> metadata(JsonFields response) {
        Map<String, String> metadata = new LinkedHashMap<>();
        Received.object(response, "metadata").ifPresent(object -> object.toMap().forEach((name, value) -> {
            if (value.isString()) {
                metadata.put(name, value.string());
            }
        }));
        return metadata;
    }

    private static Map<String, RawJson> extraBody(JsonFields response) {
        Map<String, RawJson> extraBody = new LinkedHashMap<>();
        response.toMap().forEach((name, value) -> {
            if (!value.isNull() && !ResponseResource.FIELDS.contains(name)) {
                extraBody.put(name, value.raw());
            }
        });
        return extraBody;
    }
}
