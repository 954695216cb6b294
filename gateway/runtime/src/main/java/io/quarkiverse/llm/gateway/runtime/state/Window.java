package io.quarkiverse.llm.gateway.runtime.state;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.RawJson;

/**
 * A conversation up to some point. Immutable.
 *
 * @param items all of them in their order, as clients replay them
 * @param turns the ids of the kept responses that have the first of them
 * @param kept how many of the items those have
 */
public record Window(List<RawJson> items, List<String> turns, int kept) {

    /** Where nothing has been said yet. */
    public static final Window EMPTY = new Window(List.of(), List.of(), 0);

    public Window {
        items = List.copyOf(items);
        turns = List.copyOf(turns);
    }

    /** How long it is, in characters of JSON. */
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, items.stream().mapToLong(item -> item.text().length()).sum());
    }

    /** With more at its end, which nobody has kept yet. */
    public Window with(List<RawJson> more) {
        return new Window(joined(items, more), turns, kept);
    }

    /** The same, when that response has what was not kept yet. */
    Window keptBy(String response) {
        return new Window(items, joined(turns, List.of(response)), items.size());
    }

    List<RawJson> notKept() {
        return items.subList(kept, items.size());
    }

    private static <T> List<T> joined(List<T> first, List<T> then) {
        List<T> both = new ArrayList<>(first.size() + then.size());
        both.addAll(first);
        both.addAll(then);
        return both;
    }
}
