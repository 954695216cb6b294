package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
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
 * A response as it is kept, without the items of its conversation.
 *
 * @param resource as clients were told it
 * @param before the ids of the responses that have the conversation before it
 * @param outputIds of the items that are its output, in their order: the last of those that it has added
 */
public record StoredResponse(RawJson resource, List<String> before, List<String> outputIds) {

    public StoredResponse {
        before = List.copyOf(before);
        outputIds = List.copyOf(outputIds);
    }

    /** Such as {@code completed}. */
    public String status() {
        return status(resource);
    }

    private static String status(RawJson resource) {
        return JsonFields.of(resource).string("status").orElse("");
    }

    /** Whether it is being made, or will be. */
    public boolean isOpen() {
        return status().equals("queued") || status().equals("in_progress");
    }

    /** Whether it was asked for in the background. */
    public boolean isBackground() {
        return JsonFields.of(resource).bool("background").orElse(false);
    }

    /** Whether a conversation can go on with it. */
    boolean isContinuable() {
        return isContinuable(resource);
    }

    static boolean isContinuable(RawJson resource) {
        String status = status(resource);
        return status.equals("completed") || status.equals("incomplete");
    }

    byte[] encode() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("resource", resource);
        fields.put("before", strings(before));
        fields.put("output_ids", strings(outputIds));
        return JsonText.object(fields).text().getBytes(StandardCharsets.UTF_8);
    }

    private static RawJson strings(List<String> strings) {
        return RawJson.verbatim(strings.stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]")));
    }

    static StoredResponse decode(byte[] json) {
        JsonFields fields = JsonFields.of(new String(json, StandardCharsets.UTF_8));
        return new StoredResponse(fields.raw("resource").orElseThrow(), strings(fields, "before"),
                strings(fields, "output_ids"));
    }

    private static List<String> strings(JsonFields fields, String name) {
        return fields.list(name).stream().map(JsonValue::string).toList();
    }

    /** The item of its output with that id, among those that it has added. */
    Optional<RawJson> output(String itemId, List<RawJson> turn) {
        int index = outputIds.indexOf(itemId);
        return index < 0 ? Optional.empty() : Optional.of(turn.get(turn.size() - outputIds.size() + index));
    }
}
