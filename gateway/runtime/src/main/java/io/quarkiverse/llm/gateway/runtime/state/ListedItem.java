package io.quarkiverse.llm.gateway.runtime.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * An item with an id, as lists of items show it. One that a client has sent without an id has one that tells where it is.
 *
 * @param json with the id in it
 */
public record ListedItem(String id, RawJson json) {

    private static final Pattern PLACE = Pattern.compile("item_([^ ]{1,200})_(\\d{1,7})");

    /**
     * @param turn the response that has added these items
     */
    static List<ListedItem> of(String turn, List<RawJson> items) {
        List<ListedItem> listed = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            RawJson item = items.get(i);
            String place = "item_" + turn + "_" + i;
            String id = ownId(item).orElse(place);
            listed.add(new ListedItem(id, ItemResource.of(id, item)));
        }
        return listed;
    }

    private static Optional<String> ownId(RawJson item) {
        JsonValue value = JsonValue.of(item.text());
        return value.isObject()
                ? value.object().value("id").filter(JsonValue::isString).map(JsonValue::string).filter(id -> !id.isBlank())
                : Optional.empty();
    }

    /** The response that has added the item, where its id tells. */
    static Optional<String> turnOf(String id) {
        Matcher place = PLACE.matcher(id);
        return place.matches() ? Optional.of(place.group(1)) : Optional.empty();
    }

    /** The item among those that its response has added, where its id tells. */
    static Optional<RawJson> indexOf(String id, List<RawJson> turn) {
        Matcher place = PLACE.matcher(id);
        return place.matches() ? Optional.of(Integer.parseInt(place.group(2))).filter(index -> index < turn.size())
                .map(turn::get) : Optional.empty();
    }
}
