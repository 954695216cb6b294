package io.quarkiverse.llm.gateway.runtime.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * Which part of a list a client wants.
 *
 * @param limit how many at most
 * @param ascending whether the oldest comes first
 * @param after the id of the last one that the client has seen
 */
public record ItemListing(int limit, boolean ascending, Optional<String> after) {

    private static final int MOST = 100;
    private static final int USUAL = 20;

    /**
     * Of the parameters of a query.
     *
     * @throws InvalidRequestException for one that is wrong
     */
    public static ItemListing of(Optional<String> limit, Optional<String> order, Optional<String> after) {
        boolean ascending = order.filter("asc"::equals).isPresent();
        if (!ascending && order.filter(said -> !said.equals("desc")).isPresent()) {
            throw new InvalidRequestException("\"order\" must be asc or desc", "order", "invalid_value");
        }
        return new ItemListing(limit.map(ItemListing::limit).orElse(USUAL), ascending, after.filter(id -> !id.isBlank()));
    }

    private static int limit(String said) {
        try {
            int limit = Integer.parseInt(said);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidRequestException("\"limit\" must be a number from 1 to " + MOST, "limit", "invalid_value");
    }

    /**
     * Those that the client wants.
     *
     * @param all in the order of their time
     * @throws InvalidRequestException when it has seen one that is not there
     */
    <T> Part<T> of(List<T> all, Function<T, String> id) {
        List<T> ordered = new ArrayList<>(all);
        if (!ascending) {
            Collections.reverse(ordered);
        }
        int from = after.map(last -> ordered.stream().map(id).toList().indexOf(last) + 1).orElse(0);
        if (from == 0 && after.isPresent()) {
            throw new InvalidRequestException("\"after\" must be the id of an item of the list", "after", "invalid_value");
        }
        int to = Math.min(ordered.size(), from + limit);
        return new Part<>(ordered.subList(from, to), to < ordered.size());
    }

    /** The list as the client gets it, of items in the order of their time. */
    public RawJson list(List<ListedItem> all) {
        Part<ListedItem> part = of(all, ListedItem::id);
        return list(part.items(), part.hasMore());
    }

    /** Some of a list, and whether there are more behind them. */
    record Part<T>(List<T> items, boolean hasMore) {
    }

    /** A list as clients get it. */
    public static RawJson list(List<ListedItem> items, boolean hasMore) {
        String data = items.stream().map(item -> item.json().text()).collect(Collectors.joining(",", "[", "]"));
        String first = items.isEmpty() ? "null" : JsonText.quoted(items.get(0).id());
        String last = items.isEmpty() ? "null" : JsonText.quoted(items.get(items.size() - 1).id());
        return RawJson.verbatim("{\"object\":\"list\",\"data\":" + data + ",\"first_id\":" + first + ",\"last_id\":" + last
                + ",\"has_more\":" + hasMore + "}");
    }
}
