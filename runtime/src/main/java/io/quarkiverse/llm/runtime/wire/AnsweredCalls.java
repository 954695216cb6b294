package io.quarkiverse.llm.runtime.wire;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/** The calls of a conversation that have an output, by their ids. */
public record AnsweredCalls(Set<String> callIds) {

    public static AnsweredCalls of(List<Item> items) {
        return new AnsweredCalls(items.stream().filter(ToolOutput.class::isInstance)
                .map(item -> ((ToolOutput) item).callId()).collect(Collectors.toSet()));
    }

    /**
     * An incomplete call that nobody answered stays out: its cut arguments are no JSON, and servers refuse a call without an
     * output.
     */
    public boolean keep(ToolCall call) {
        boolean incomplete = call.status().filter(ItemStatus.INCOMPLETE::equals).isPresent();
        return !incomplete || callIds.contains(call.callId());
    }
}
