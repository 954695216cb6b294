package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.wire.AnsweredCalls;
import io.quarkiverse.llm.runtime.wire.LeadingInstructions;

/**
 * The input of a request as the server takes it: what leads it, and its items in the form in which they go back. Nothing is
 * looked at before it is asked for.
 */
final class ReplayedInput {

    private static final AnsweredCalls NONE = new AnsweredCalls(Set.of());

    private final List<Item> input;
    private final LeadingInstructions leading;
    private final boolean stored;
    private final Quirks quirks;

    /**
     * @param stored whether the server keeps what it answers
     */
    ReplayedInput(List<Item> input, LeadingInstructions leading, boolean stored, Quirks quirks) {
        this.input = input;
        this.leading = leading;
        this.stored = stored;
        this.quirks = quirks;
    }

    /** The text of the field {@code instructions}; empty where the instructions lead the items. */
    Optional<String> instructions() {
        return leading.holdsAny() ? Optional.empty() : leading.message().map(Message::text);
    }

    /**
     * The message that items of the conversation have joined: it is the first of them, since a server that stores the response
     * keeps its items, but not its instructions.
     */
    Optional<Message> leadingItem() {
        return leading.holdsAny() ? leading.message() : Optional.empty();
    }

    /** All items that are sent. */
    List<Item> all() {
        List<Item> items = new ArrayList<>();
        ItemReplay replay = new ItemReplay(quirks, answered(input), stored, 0);
        leadingItem().flatMap(replay::next).ifPresent(items::add);
        return add(input, replay, items);
    }

    /** Those that are sent of the items behind the first. What the model thought before is not tied to them. */
    List<Item> after(int known) {
        List<Item> rest = input.subList(known, input.size());
        return add(rest, new ItemReplay(quirks, answered(rest), stored, known), new ArrayList<>());
    }

    private List<Item> add(List<Item> some, ItemReplay replay, List<Item> items) {
        for (Item item : some) {
            if (!leading.holds(item)) {
                replay.next(item).ifPresent(items::add);
            }
        }
        return items;
    }

    /** The ids of the calls that are not sent, because they are cut and nobody answered them. */
    Set<String> droppedCallIds() {
        AnsweredCalls answered = answered(input);
        return answered == NONE ? Set.of()
                : input.stream().filter(ToolCall.class::isInstance).map(ToolCall.class::cast)
                        .filter(call -> !answered.keep(call)).map(ToolCall::callId).collect(Collectors.toSet());
    }

    /** Whether the server knows the call by the id that its output will have. */
    boolean isAnswerable(ToolCall call) {
        return quirks.get(Quirk.TOOL_CALL_IDS).of(call.callId()).equals(call.callId());
    }

    /** Only cut calls depend on what was answered. */
    private AnsweredCalls answered(List<Item> some) {
        for (Item item : some) {
            if (item instanceof ToolCall call && isCut(call)) {
                return AnsweredCalls.of(input);
            }
        }
        return NONE;
    }

    private static boolean isCut(ToolCall call) {
        return call.status().isPresent() && call.status().get() == ItemStatus.INCOMPLETE;
    }
}
