package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * A part of a list of items.
 *
 * @param hasMore whether others follow
 */
public record ItemPage(List<ListedItem> items, boolean hasMore) {

    public ItemPage {
        items = List.copyOf(items);
    }

    /**
     * @param all in their order
     * @param after the id of the item in front of it
     * @throws InvalidRequestException when there is no item of that id
     */
    public static ItemPage of(List<ListedItem> all, boolean descending, Optional<String> after, int limit) {
        List<ListedItem> ordered = new ArrayList<>(all);
        if (descending) {
            Collections.reverse(ordered);
        }
        int from = after.map(id -> indexOf(ordered, id) + 1).orElse(0);
        int to = Math.min(ordered.size(), from + limit);
        return new ItemPage(ordered.subList(from, to), to < ordered.size());
    }

    private static int indexOf(List<ListedItem> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new InvalidRequestException("There is no item '" + id + "' in this list", "after", "invalid_value");
    }

    /** As OpenAI lists items. */
    public byte[] json() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        fields.put("object", RawJson.verbatim("\"list\""));
        fields.put("data", RawJson.verbatim(items.stream().map(item -> item.json().text())
                .collect(Collectors.joining(",", "[", "]"))));
        fields.put("first_id", id(0));
        fields.put("last_id", id(items.size() - 1));
        fields.put("has_more", RawJson.verbatim(String.valueOf(hasMore)));
        return JsonText.object(fields).text().getBytes(StandardCharsets.UTF_8);
    }

    private RawJson id(int index) {
        return RawJson.verbatim(items.isEmpty() ? "null" : JsonText.quoted(items.get(index).id()));
    }
}
