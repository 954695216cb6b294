package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.seal.Opening;
import io.quarkiverse.llm.gateway.runtime.seal.Purpose;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.state.ItemResource;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * What an item of type {@code compaction} stands for. Its {@code encrypted_content} has all of it, so that the item can be
 * brought to any instance with the same keys.
 *
 * @param whole whether it stands for all before it; what the client has kept in front of it stays otherwise
 * @param first what stays word for word before the notes
 * @param notes the summary
 * @param last what stays word for word behind them
 */
public record Compacted(boolean whole, List<RawJson> first, String notes, List<RawJson> last) {

    /** The type of the item. */
    public static final String TYPE = "compaction";
    private static final String BEFORE = "[The earlier part of this conversation was shortened. These notes stand for it:]\n\n";
    private static final String BEHIND = "\n\n[End of the notes. The conversation goes on.]";

    public Compacted {
        first = List.copyOf(first);
        last = List.copyOf(last);
    }

    /** The items that a model reads in its place. The notes are told as the user's words, which every server takes. */
    public List<RawJson> items() {
        List<RawJson> items = new ArrayList<>(first);
        items.add(notesItem());
        items.addAll(last);
        return items;
    }

    private RawJson notesItem() {
        return RawJson.verbatim("{\"type\":\"message\",\"role\":\"user\",\"content\":"
                + JsonText.quoted(BEFORE + notes + BEHIND) + "}");
    }

    /** Whether that item has the notes of an earlier compaction. */
    static boolean isNotes(RawJson item) {
        return ItemKind.text(item, "content").filter(text -> text.startsWith(BEFORE)).isPresent();
    }

    /** The item as clients get it. */
    public RawJson item(String id, Seal seal) {
        Map<String, RawJson> content = new LinkedHashMap<>();
        content.put("whole", RawJson.verbatim(String.valueOf(whole)));
        content.put("first", list(first));
        content.put("notes", RawJson.verbatim(JsonText.quoted(notes)));
        content.put("last", list(last));
        String sealed = seal.seal(Purpose.COMPACTION, JsonText.object(content).text());
        return RawJson.verbatim("{\"id\":" + JsonText.quoted(id) + ",\"type\":\"" + TYPE + "\",\"encrypted_content\":"
                + JsonText.quoted(sealed) + "}");
    }

    private static RawJson list(List<RawJson> items) {
        return RawJson.verbatim(items.stream().map(RawJson::text).collect(Collectors.joining(",", "[", "]")));
    }

    /** Whether it is such an item, by whomever. */
    static boolean isItem(RawJson item) {
        return item.text().contains(TYPE) && ItemResource.type(item).equals(TYPE);
    }

    static Optional<String> content(RawJson item) {
        return ItemKind.text(item, "encrypted_content");
    }

    /** What is sealed there; empty where it is not this gateway's, or not for its owner. */
    static Optional<Compacted> open(String content, Opening opening) {
        return opening.open(Purpose.COMPACTION, content).flatMap(Compacted::read);
    }

    private static Optional<Compacted> read(String json) {
        try {
            JsonFields fields = JsonFields.of(json);
            return Optional.of(new Compacted(fields.required("whole").bool(), items(fields, "first"),
                    fields.required("notes").string(), items(fields, "last")));
        } catch (JsonShapeException e) {
            // another version's
            return Optional.empty();
        }
    }

    private static List<RawJson> items(JsonFields fields, String name) {
        return fields.list(name).stream().map(JsonValue::raw).toList();
    }
}
