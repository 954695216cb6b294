package io.quarkiverse.llm.runtime.wire.responses;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;

/**
 * Whether the server has a response under its id with the very items that were understood, so that it can be continued. That
 * is in doubt where the response is not whole, and where an id was made up or content or places were guessed.
 */
final class KnownOutput {

    /** They leave no doubt what the items of the server are. */
    private static final Set<Repair> HARMLESS = EnumSet.of(Repair.MISSING_MODEL, Repair.MISSING_CREATED_AT,
            Repair.MISSING_START, Repair.REPEATED_START, Repair.PART_NEVER_ADDED, Repair.INTERLEAVED_ITEMS,
            Repair.MISSING_DELTAS);

    private KnownOutput() {
    }

    static boolean isOf(LlmResponse response) {
        return response.status() == ResponseStatus.COMPLETED && !response.id().isBlank()
                && response.output().stream().noneMatch(KnownOutput::isUnfinished)
                && response.repairs().entrySet().stream().allMatch(met -> isHarmless(met, response.output().size()));
    }

    /** The status of a hosted tool's item is its own affair. */
    private static boolean isUnfinished(Item item) {
        return !(item instanceof OpaqueItem) && item.status().filter(status -> status != ItemStatus.COMPLETED).isPresent();
    }

    /** A server that repeats none of the items at the end just keeps it short; one that repeats some may have lost the rest. */
    private static boolean isHarmless(Map.Entry<Repair, Integer> met, int items) {
        return HARMLESS.contains(met.getKey()) || met.getKey() == Repair.MISSING_OUTPUT && met.getValue() == items;
    }
}
