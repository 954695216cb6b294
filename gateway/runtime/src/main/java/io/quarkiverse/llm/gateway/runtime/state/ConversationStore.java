package io.quarkiverse.llm.gateway.runtime.state;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.Conversation.Segment;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.gateway.runtime.store.StoreException;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.smallrye.mutiny.Uni;

/**
 * The conversations that are kept. What is added at once is written once, as the turn of a response is; of all that was added
 * before, only the ids are written again, by compare and set: of two who add at the same time, on one instance or two, both
 * have added. Thread-safe. Who asks for a conversation that is not there, or not the owner's, gets a {@link NotKeptException}.
 */
public final class ConversationStore {

    /** Each time that somebody fails to add, another one has added. */
    private static final int MOST_ATTEMPTS = 200;

    private final StateStore store;

    public ConversationStore(StateStore store) {
        this.store = store;
    }

    /**
     * Begins a conversation.
     *
     * @param metadata an object of strings
     */
    public Uni<Conversation> create(String owner, RawJson metadata, List<RawJson> items) {
        return Uni.createFrom().deferred(() -> {
            Conversation empty = new Conversation(Ids.made("conv"), Instant.now().getEpochSecond(), metadata, List.of());
            Added added = items.isEmpty() ? new Added(empty, List.of(), Map.of())
                    : added(owner, empty, newSegment(empty), items);
            Map<String, byte[]> entries = new LinkedHashMap<>(added.entries());
            entries.put(new StateKeys(owner).conversation(empty.id()), added.conversation().encode());
            return store.put(entries).replaceWith(added.conversation());
        });
    }

    public Uni<Conversation> find(String owner, String id) {
        return store.get(new StateKeys(owner).conversation(id)).map(found -> found
                .map(json -> Conversation.decode(id, json)).orElseThrow(() -> NotKeptException.conversation(id)));
    }

    /** Replaces the metadata. */
    public Uni<Conversation> update(String owner, String id, RawJson metadata) {
        return change(owner, id, conversation -> unchanged(conversation.withMetadata(metadata)), 1)
                .map(Added::conversation);
    }

    /** Forgets the conversation. Its items can be referred to for as long as they are kept. */
    public Uni<Void> delete(String owner, String id) {
        return find(owner, id).chain(found -> store.delete(List.of(new StateKeys(owner).conversation(id))));
    }

    /**
     * Adds items at the end.
     *
     * @return with their ids
     */
    public Uni<List<ListedItem>> append(String owner, String id, List<RawJson> items) {
        return Uni.createFrom().deferred(() -> {
            String segment = newSegment(new Conversation(id, 0, RawJson.verbatim("{}"), List.of()));
            return items.isEmpty() ? find(owner, id).map(found -> List.<ListedItem> of())
                    : change(owner, id, conversation -> {
                        Added added = added(owner, conversation, segment, items);
                        return store.put(added.entries()).replaceWith(added);
                    }, 1).map(Added::items);
        });
    }

    private static String newSegment(Conversation conversation) {
        return Ids.made(conversation.id());
    }

    /**
     * @param items that were added
     * @param entries to be written before the conversation has them
     */
    private record Added(Conversation conversation, List<ListedItem> items, Map<String, byte[]> entries) {
    }

    private static Uni<Added> unchanged(Conversation conversation) {
        return Uni.createFrom().item(new Added(conversation, List.of(), Map.of()));
    }

    private static Added added(String owner, Conversation conversation, String segment, List<RawJson> items) {
        StateKeys keys = new StateKeys(owner);
        Set<String> taken = new HashSet<>();
        conversation.segments().forEach(before -> taken.addAll(before.items()));
        List<ListedItem> listed = new ArrayList<>(items.size());
        for (RawJson item : items) {
            String own = ItemResource.id(item);
            // servers are known to count the items of each answer anew
            String id = taken.add(own) ? own : ItemResource.newId(item);
            listed.add(new ListedItem(id, ItemResource.of(id, item)));
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(keys.turn(segment), ItemList.encode(listed.stream().map(ListedItem::json).toList()));
        byte[] there = segment.getBytes(StandardCharsets.UTF_8);
        listed.forEach(item -> entries.put(keys.conversationItem(item.id()), there));
        return new Added(conversation.with(new Segment(segment, listed.stream().map(ListedItem::id).toList())), listed,
                entries);
    }

    private Uni<Added> change(String owner, String id, Function<Conversation, Uni<Added>> change, int attempt) {
        String key = new StateKeys(owner).conversation(id);
        return store.get(key).chain(found -> {
            byte[] before = found.orElseThrow(() -> NotKeptException.conversation(id));
            return change.apply(Conversation.decode(id, before))
                    .chain(added -> store.replace(key, found, added.conversation().encode()).chain(written -> {
                        if (written) {
                            return Uni.createFrom().item(added);
                        } else if (attempt >= MOST_ATTEMPTS) {
                            return Uni.createFrom().failure(new StoreException(StoreException.Reason.UNAVAILABLE,
                                    "Too many requests write to one conversation"));
                        }
                        return change(owner, id, change, attempt + 1);
                    }));
        });
    }

    /** All that was said; fails as one that is not there when a part of it is gone. */
    public Uni<Window> window(String owner, String id) {
        return find(owner, id).chain(conversation -> segments(owner, conversation.segments()).map(found -> {
            List<RawJson> items = new ArrayList<>();
            for (Segment segment : conversation.segments()) {
                Map<String, RawJson> there = Optional.ofNullable(found.get(segment.id()))
                        .orElseThrow(() -> NotKeptException.conversation(id));
                segment.items().forEach(item -> Optional.ofNullable(there.get(item)).ifPresent(items::add));
            }
            return new Window(items, conversation.segments().stream().map(Segment::id).toList(), items.size());
        }));
    }

    /** The items of those segments that are there, by their ids. */
    private Uni<Map<String, Map<String, RawJson>>> segments(String owner, Collection<Segment> segments) {
        StateKeys keys = new StateKeys(owner);
        return store.getAll(segments.stream().map(segment -> keys.turn(segment.id())).toList()).map(found -> {
            Map<String, Map<String, RawJson>> items = new HashMap<>();
            segments.forEach(segment -> Optional.ofNullable(found.get(keys.turn(segment.id())))
                    .ifPresent(json -> items.put(segment.id(), byId(json))));
            return items;
        });
    }

    private static Map<String, RawJson> byId(byte[] segment) {
        Map<String, RawJson> items = new LinkedHashMap<>();
        ItemList.decode(segment).forEach(item -> items.put(JsonFields.of(item).required("id").string(), item));
        return items;
    }

    /** A list of items as clients get it. */
    public Uni<RawJson> list(String owner, String id, ItemListing listing) {
        return find(owner, id).chain(conversation -> {
            ItemListing.Part<String> part = listing.of(
                    conversation.segments().stream().flatMap(segment -> segment.items().stream()).toList(), item -> item);
            Set<String> wanted = new HashSet<>(part.items());
            List<Segment> needed = conversation.segments().stream()
                    .filter(segment -> segment.items().stream().anyMatch(wanted::contains)).toList();
            return segments(owner, needed).map(found -> {
                Map<String, RawJson> items = new HashMap<>();
                found.values().forEach(items::putAll);
                return ItemListing.list(part.items().stream().filter(items::containsKey)
                        .map(item -> new ListedItem(item, items.get(item))).toList(), part.hasMore());
            });
        });
    }

    /** One item of the conversation. */
    public Uni<RawJson> item(String owner, String id, String item) {
        return find(owner, id).chain(conversation -> {
            Segment segment = conversation.segmentOf(item).orElseThrow(() -> NotKeptException.conversationItem(id, item));
            return segments(owner, List.of(segment))
                    .map(found -> Optional.ofNullable(found.getOrDefault(segment.id(), Map.of()).get(item))
                            .orElseThrow(() -> NotKeptException.conversationItem(id, item)));
        });
    }

    /** Takes an item away, for good, also where stored responses have it in what they were asked. */
    public Uni<Conversation> deleteItem(String owner, String id, String item) {
        StateKeys keys = new StateKeys(owner);
        return find(owner, id).chain(before -> {
            Segment segment = before.segmentOf(item).orElseThrow(() -> NotKeptException.conversationItem(id, item));
            return change(owner, id, conversation -> unchanged(conversation.without(item)), 1)
                    .call(() -> erase(keys.turn(segment.id()), item, 1))
                    .call(() -> store.delete(List.of(keys.conversationItem(item))))
                    .map(Added::conversation);
        });
    }

    private Uni<Void> erase(String segment, String item, int attempt) {
        return store.get(segment).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            Map<String, RawJson> items = byId(found.get());
            items.remove(item);
            return store.replace(segment, found, ItemList.encode(List.copyOf(items.values())))
                    .chain(written -> written || attempt >= MOST_ATTEMPTS ? Uni.createFrom().voidItem()
                            : erase(segment, item, attempt + 1));
        });
    }

    /** Those of the items that are in any conversation, by their ids. */
    Uni<Map<String, RawJson>> items(String owner, Collection<String> ids) {
        StateKeys keys = new StateKeys(owner);
        return store.getAll(ids.stream().map(keys::conversationItem).toList()).chain(found -> {
            Map<String, String> segments = new LinkedHashMap<>();
            ids.forEach(id -> Optional.ofNullable(found.get(keys.conversationItem(id)))
                    .ifPresent(segment -> segments.put(id, new String(segment, StandardCharsets.UTF_8))));
            if (segments.isEmpty()) {
                return Uni.createFrom().item(Map.of());
            }
            return segments(owner, new LinkedHashSet<>(segments.values()).stream()
                    .map(segment -> new Segment(segment, List.of())).toList()).map(there -> {
                        Map<String, RawJson> items = new HashMap<>();
                        segments.forEach((id, segment) -> Optional
                                .ofNullable(there.getOrDefault(segment, Map.of()).get(id))
                                .ifPresent(item -> items.put(id, item)));
                        return items;
                    });
        });
    }
}
