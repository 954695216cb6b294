package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.smallrye.mutiny.Uni;

/**
 * The responses that are kept. One has only the items that it has added to its conversation, and the ids of those that have the
 * others, so that what is written does not grow with the conversation. Thread-safe.
 */
public final class ResponseStore {

    private static final byte[] YES = { 1 };

    private final StateStore store;

    public ResponseStore(StateStore store) {
        this.store = store;
    }

    public Uni<Optional<StoredResponse>> find(String owner, String id) {
        return store.get(new StateKeys(owner).response(id)).map(found -> found.map(StoredResponse::decode));
    }

    /** The conversation that the response is the end of; empty where it is not kept as a whole, or has no end. */
    public Uni<Optional<Window>> window(String owner, String id) {
        return find(owner, id).chain(found -> found.filter(StoredResponse::isContinuable).isEmpty() ? nothing()
                : window(owner, added(found.get().before(), id)));
    }

    private Uni<Optional<Window>> window(String owner, List<String> turns) {
        StateKeys keys = new StateKeys(owner);
        return store.getAll(turns.stream().map(keys::turn).toList())
                .chain(found -> Apart.with(found.values(), () -> window(keys, turns, found)));
    }

    private static Optional<Window> window(StateKeys keys, List<String> turns, Map<String, byte[]> found) {
        List<RawJson> items = new ArrayList<>();
        for (String turn : turns) {
            byte[] list = found.get(keys.turn(turn));
            if (list == null) {
                return Optional.empty();
            }
            items.addAll(ItemList.decode(list));
        }
        return Optional.of(new Window(items, turns, items.size()));
    }

    private static <T> Uni<Optional<T>> nothing() {
        return Uni.createFrom().item(Optional.empty());
    }

    /** Those of the items that are kept, by their ids. */
    public Uni<Map<String, RawJson>> items(String owner, Collection<String> ids) {
        StateKeys keys = new StateKeys(owner);
        return store.getAll(ids.stream().map(keys::item).toList()).chain(found -> {
            Map<String, String> responses = new LinkedHashMap<>();
            for (String id : ids) {
                Optional.ofNullable(found.get(keys.item(id))).map(response -> new String(response, StandardCharsets.UTF_8))
                        .or(() -> ListedItem.turnOf(id)).ifPresent(response -> responses.put(id, response));
            }
            return responses.isEmpty() ? Uni.createFrom().item(Map.of()) : itemsOf(keys, responses);
        });
    }

    private Uni<Map<String, RawJson>> itemsOf(StateKeys keys, Map<String, String> responses) {
        Set<String> needed = new LinkedHashSet<>();
        responses.values().forEach(response -> {
            needed.add(keys.response(response));
            needed.add(keys.turn(response));
        });
        return store.getAll(needed).map(found -> {
            Map<String, List<RawJson>> turns = new HashMap<>();
            Map<String, RawJson> items = new HashMap<>();
            responses.forEach((id, response) -> {
                byte[] of = found.get(keys.response(response));
                byte[] list = found.get(keys.turn(response));
                if (of != null && list != null) {
                    List<RawJson> turn = turns.computeIfAbsent(response, same -> ItemList.decode(list));
                    StoredResponse.decode(of).output(id, turn).or(() -> ListedItem.indexOf(id, turn))
                            .ifPresent(item -> items.put(id, item));
                }
            });
            return items;
        });
    }

    /** What the response was asked, previous turns included, in its order; empty where it is not kept. */
    public Uni<Optional<List<ListedItem>>> inputItems(String owner, String id) {
        StateKeys keys = new StateKeys(owner);
        return find(owner, id).chain(found -> {
            if (found.isEmpty()) {
                return nothing();
            }
            List<String> turns = added(found.get().before(), id);
            return store.getAll(turns.stream().map(keys::turn).toList()).map(lists -> {
                List<ListedItem> items = new ArrayList<>();
                turns.forEach(turn -> Optional.ofNullable(lists.get(keys.turn(turn)))
                        .ifPresent(list -> items.addAll(ListedItem.of(turn, ItemList.decode(list)))));
                return Optional.of(items.subList(0, Math.max(0, items.size() - found.get().outputIds().size())));
            });
        });
    }

    /**
     * Keeps a response. It can be found when that is done.
     *
     * @param conversation what it was asked, with all before it
     * @return the conversation with its output
     */
    public Uni<Window> keep(String owner, RawJson resource, Window conversation, List<RawJson> output,
            Optional<byte[]> events) {
        StateKeys keys = new StateKeys(owner);
        String id = JsonFields.of(resource).string("id").orElseThrow();
        Window after = conversation.with(output);
        List<RawJson> own = after.notKept();
        List<String> ids = ListedItem.of(id + "_output", output).stream().map(ListedItem::id).toList();
        StoredResponse response = new StoredResponse(resource, conversation.turns(), ids);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(keys.turn(id), ItemList.encode(own));
        events.ifPresent(log -> entries.put(keys.events(id), log));
        conversation.turns().stream().skip(Math.max(0, conversation.turns().size() - 1))
                .forEach(parent -> entries.put(keys.continued(parent), YES));
        entries.put(keys.response(id), response.encode());
        byte[] there = id.getBytes(StandardCharsets.UTF_8);
        ids.forEach(item -> entries.put(keys.item(item), there));
        return store.put(entries).replaceWith(() -> after.keptBy(id));
    }

    /** Tells something else of a response that is kept, and that has no output yet. */
    Uni<Void> update(String owner, RawJson resource, List<String> before) {
        String id = JsonFields.of(resource).string("id").orElseThrow();
        return store.put(Map.of(new StateKeys(owner).response(id),
                new StoredResponse(resource, before, List.of()).encode()));
    }

    /** The output of a response as the provider wants it back; empty where it is not kept. */
    public Uni<List<RawJson>> output(String owner, String id, StoredResponse response) {
        return store.get(new StateKeys(owner).turn(id)).map(found -> {
            List<RawJson> turn = found.map(ItemList::decode).orElse(List.of());
            return turn.subList(Math.max(0, turn.size() - response.outputIds().size()), turn.size());
        });
    }

    /** The events of a response as {@code keep} got them. */
    public Uni<Optional<byte[]>> events(String owner, String id) {
        return store.get(new StateKeys(owner).events(id));
    }

    /**
     * Forgets a response. Responses that go on with it keep what they have of it.
     *
     * @return whether there was one
     */
    public Uni<Boolean> delete(String owner, String id) {
        StateKeys keys = new StateKeys(owner);
        return find(owner, id).chain(found -> found.isEmpty() ? Uni.createFrom().item(false)
                : store.get(keys.continued(id)).chain(continued -> {
                    List<String> gone = new ArrayList<>(List.of(keys.response(id), keys.events(id)));
                    found.get().outputIds().forEach(item -> gone.add(keys.item(item)));
                    if (continued.isEmpty()) {
                        gone.add(keys.turn(id));
                    }
                    return store.delete(gone).replaceWith(true);
                }));
    }

    private static List<String> added(List<String> list, String last) {
        List<String> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }
}
