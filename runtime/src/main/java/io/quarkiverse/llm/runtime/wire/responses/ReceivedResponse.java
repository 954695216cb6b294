package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.wire.StreamingJson;

/** A {@code response} object as a server sent it; what it did not say is {@code null}. */
final class ReceivedResponse {

    /** What the server calls it: {@code response}. */
    String object;
    String id;
    String model;
    Instant createdAt;
    Instant completedAt;
    ResponseStatus status;
    String incompleteReason;
    JsonFields error;
    String serviceTier;
    Usage usage;
    String previousResponseId;
    String conversation;
    Map<String, String> metadata = Map.of();
    /** What the server has of its own. */
    Map<String, RawJson> extraBody = Map.of();
    List<ReceivedItem> output;

    /**
     * The body of an answer.
     *
     * @return with nothing in it when it is no object
     * @throws IOException when the bytes are not one JSON value
     */
    static ReceivedResponse of(byte[] data, int offset, int length) throws IOException {
        try (Received json = new Received(data, offset, length, new RepeatedText())) {
            ReceivedResponse response = new ReceivedResponse();
            if (json.begin()) {
                response = read(json);
            } else {
                json.skip();
            }
            json.end();
            return response;
        }
    }

    /** What it only echoes of the request is skipped: tools and instructions can be long, and come with each announcement. */
    static ReceivedResponse read(Received json) throws IOException {
        ReceivedResponse response = new ReceivedResponse();
        while (json.nextField()) {
            response.readField(json);
        }
        return response;
    }

    private void readField(Received json) throws IOException {
        String field = json.name();
        switch (field) {
            case "object" -> object = json.text();
            case "id" -> id = json.text();
            case "model" -> model = json.text();
            case "created_at" -> createdAt = StreamingJson.instant(json.number());
            case "completed_at" -> completedAt = StreamingJson.instant(json.number());
            case "status" -> {
                String text = json.text();
                status = text == null ? null : ResponseStatus.find(text).orElse(null);
            }
            case "incomplete_details" -> incompleteReason = textIn(json, "reason");
            case "error" -> {
                RawJson raw = json.rawObject();
                error = raw == null ? null : JsonFields.of(raw);
            }
            case "service_tier" -> serviceTier = json.text();
            case "usage" -> usage = ReceivedUsage.read(json);
            case "previous_response_id" -> previousResponseId = json.text();
            case "conversation" -> conversation = json.isObject() ? textIn(json, "id") : json.text();
            case "metadata" -> metadata = metadata(json);
            case "output" -> output = items(json);
            default -> {
                if (json.isNull() || ResponseResource.FIELDS.contains(field)) {
                    json.skip();
                } else {
                    extraBody = extraBody.isEmpty() ? new LinkedHashMap<>() : extraBody;
                    extraBody.put(field, json.strictRaw());
                }
            }
        }
    }

    private static String textIn(Received json, String name) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return null;
        }
        String text = null;
        while (json.nextField()) {
            if (json.name().equals(name)) {
                text = json.text();
            } else {
                json.skip();
            }
        }
        return text;
    }

    private static List<ReceivedItem> items(Received json) throws IOException {
        if (!json.isArray()) {
            json.skip();
            return null;
        }
        List<ReceivedItem> items = new ArrayList<>();
        while (json.nextElement()) {
            if (json.isObject()) {
                items.add(ReceivedItem.read(json));
            } else {
                json.skip();
            }
        }
        return items;
    }

    private static Map<String, String> metadata(Received json) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return Map.of();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        while (json.nextField()) {
            String name = json.name();
            if (json.isString()) {
                metadata.put(name, json.string());
            } else {
                json.skip();
            }
        }
        return metadata;
    }
}
