package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Items as one JSON list. */
final class ItemList {

    private ItemList() {
    }

    static byte[] encode(List<RawJson> items) {
        return items.stream().map(RawJson::text).collect(Collectors.joining(",", "[", "]")).getBytes(StandardCharsets.UTF_8);
    }

    static List<RawJson> decode(byte[] json) {
        return JsonValue.of(new String(json, StandardCharsets.UTF_8)).list().stream().map(JsonValue::raw).toList();
    }
}
