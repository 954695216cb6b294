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
    /** The stream did not begin with the event that announces the response. */
    MISSING_START,
    /** The response, or an item, was announced once more. */
    REPEATED_START,
    /** The last event did not come; the server only said that it is done. */
    MISSING_END,
    /** An item had no id, or one that another item has; one was made up. */
    MISSING_ITEM_ID,
    /** A call had no call id, or one that another call has; one was made up. */
    MISSING_CALL_ID,
    /** It was not said where an item stands in the output, a part in its item or a call among others, or it was said wrong. */
    MISSING_INDEX,
    /** It was not said to which item something belongs, or an item was named that it cannot belong to; place or order told. */
    MISSING_ITEM_REFERENCE,
    /** Content or the end of an item that had not been added; also an item that only the last event has. */
    ITEM_NEVER_ADDED,
    /** Content of a part that had not been added. */
    PART_NEVER_ADDED,
    /** An item began while another was open. */
    INTERLEAVED_ITEMS,
    /** Content was told at its end that had not come in deltas; the deltas were made up for. */
    MISSING_DELTAS,
    /**
     * What was told at the end is not what came before. Of arguments, and where the end has less, what came before counts; of
     * texts the end does.
     */
    CONTRADICTING_DONE,
    /** The end of an item or of its content was not told. */
    MISSING_DONE,
    /** The last event did not repeat an item that had come. */
    MISSING_OUTPUT,
    /** Completed by the server's word, but cut: a call whose arguments are no JSON object, or another status beside it. */
    FALSELY_COMPLETED,
    /** Something that no event of the wire API looks like was left out. */
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
