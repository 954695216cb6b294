package io.quarkiverse.llm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How an answer departed from its wire API, and was understood nevertheless. With {@code quarkus.llm."name".decoding=strict}
 * each is a failure instead.
 */
public enum Repair {
    /** The response had no id; one was made up. */
    MISSING_RESPONSE_ID,
    /** The response did not name its model; the one asked for stands in. */
    MISSING_MODEL,
    /** The response had no time of creation; the time of arrival stands in. */
    MISSING_CREATED_AT,
    /** The stream did not begin with an event that announces the response. */
    MISSING_START,
    /** The response was announced more than once, or once more after its first item. */
    REPEATED_START,
    /** An item had no id, or one that another item has; one was made up. */
    MISSING_ITEM_ID,
    /** A call had no call id, or one that another call has; one was made up. */
    MISSING_CALL_ID,
    /** An event did not say where its item stands in the output, or said it wrong. */
    MISSING_OUTPUT_INDEX,
    /** An event of an item did not say of which; order told. */
    MISSING_ITEM_REFERENCE,
    /** Content or the end of an item that had not begun. */
    ITEM_NEVER_ADDED,
    /** Content of a part that had not begun. */
    PART_NEVER_ADDED,
    /** An item began while another was open; several calls are open at a time with some servers. */
    INTERLEAVED_ITEMS,
    /** Content was told at its end that had not come in deltas. */
    MISSING_DELTAS,
    /** What came in deltas is not what was told at the end; the deltas count. */
    CONTRADICTING_DONE,
    /** The end of an item or of its content was not told. */
    MISSING_DONE,
    /** The last event did not repeat items that had come. */
    MISSING_OUTPUT,
    /** Completed by its own word, but with a call whose arguments are cut: reported as incomplete. */
    FALSELY_COMPLETED,
    /** Something that no event of the wire API may look like was left out. */
    UNREADABLE_EVENT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case constant. */
    public String wireName() {
        return wireName;
    }

    /** The repair of that name, if there is one. */
    public static Optional<Repair> find(String wireName) {
        return Arrays.stream(values()).filter(repair -> repair.wireName.equals(wireName)).findFirst();
    }
}
