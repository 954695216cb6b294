package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * A conversation that clients add to and refer to by its id, without its items. Immutable.
 *
 * @param createdAt seconds since 1970
 * @param metadata an object of strings, the client's own
 * @param segments in their order
 */
public record Conversation(String id, long createdAt, RawJson metadata, List<Segment> segments) {

    /**
     * What was added at once.
     *
     * @param id under which its items are kept
     * @param items the ids of those that are still there
     */
    record Segment(String id, List<String> items) {

        Segment {
            items = List.copyOf(items);
        }

        private RawJson json() {
            return object(Map.of("id", string(id), "items", list(items.stream().map(Segment::string).toList())));
        }

        private static RawJson string(String text) {
            return RawJson.verbatim(JsonText.quoted(text));
        }

        private static Segment of(JsonFields fields) {
            return new Segment(fields.required("id").string(), fields.list("items").stream().map(JsonValue::string).toList());
        }
    }

    public Conversation {
        segments = List.copyOf(segments);
    }

    /** As clients are told of it. */
    public RawJson resource() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("id", Segment.string(id));
        fields.put("object", Segment.string("conversation"));
        fields.put("created_at", RawJson.verbatim(String.valueOf(createdAt)));
        fields.put("metadata", metadata);
        return object(fields);
    }

    Conversation withMetadata(RawJson other) {
        return new Conversation(id, createdAt, other, segments);
    }

    Conversation with(Segment last) {
        List<Segment> more = new ArrayList<>(segments);
        more.add(last);
        return new Conversation(id, createdAt, metadata, more);
    }

    /** Without that item; a segment without items is none. */
    Conversation without(String item) {
        return new Conversation(id, createdAt, metadata, segments.stream()
                .map(segment -> new Segment(segment.id(), segment.items().stream().filter(id -> !id.equals(item)).toList()))
                .filter(segment -> !segment.items().isEmpty()).toList());
    }

    /** Where that item is. */
    Optional<Segment> segmentOf(String item) {
        return segments.stream().filter(segment -> segment.items().contains(item)).findFirst();
    }

    byte[] encode() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("created_at", RawJson.verbatim(String.valueOf(createdAt)));
        fields.put("metadata", metadata);
        fields.put("segments", list(segments.stream().map(Segment::json).toList()));
        return object(fields).text().getBytes(StandardCharsets.UTF_8);
    }

    static Conversation decode(String id, byte[] json) {
        JsonFields fields = JsonFields.of(new String(json, StandardCharsets.UTF_8));
        return new Conversation(id, fields.required("created_at").longInteger(), fields.required("metadata").raw(),
                fields.list("segments").stream().map(segment -> Segment.of(segment.object())).toList());
    }

    private static RawJson object(Map<String, RawJson> fields) {
        return JsonText.object(fields);
    }

    private static RawJson list(List<RawJson> values) {
        return RawJson.verbatim(values.stream().map(RawJson::text).collect(Collectors.joining(",", "[", "]")));
    }
}
