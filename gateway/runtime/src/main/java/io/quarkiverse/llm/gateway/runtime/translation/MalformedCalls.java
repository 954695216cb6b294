package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;

/**
 * Hands on calls whose arguments are no JSON as the model has made them. The core calls them incomplete, so that no application
 * executes them; a client of the gateway has its own way, which is to tell the model. Told that a limit was reached, as strict
 * clients must be of an incomplete response, agents give up instead.
 */
final class MalformedCalls implements Consumer<LlmEvent> {

    /** What the core says of a response that the server has called complete. */
    private static final String REASON = "invalid_tool_call";

    private final Consumer<LlmEvent> next;
    /** What has come since the end of a call that is not whole: only the end of the response tells why. */
    private List<LlmEvent> held;

    MalformedCalls(Consumer<LlmEvent> next) {
        this.next = next;
    }

    @Override
    public void accept(LlmEvent event) {
        if (held == null && !(event instanceof ItemComplete complete && isCut(complete.item()))) {
            next.accept(event);
        } else if (event instanceof ResponseCompleted completed) {
            boolean malformed = isMalformed(completed.response());
            held.forEach(each -> next.accept(malformed ? whole(each) : each));
            next.accept(malformed ? new ResponseCompleted(of(completed.response())) : event);
        } else {
            held = held == null ? new ArrayList<>() : held;
            held.add(event);
        }
    }

    private static LlmEvent whole(LlmEvent event) {
        return event instanceof ItemComplete complete
                ? new ItemComplete(complete.itemId(), complete.outputIndex(), whole(complete.item()))
                : event;
    }

    private static Item whole(Item item) {
        return isCut(item) ? ((ToolCall) item).toBuilder().status(ItemStatus.COMPLETED).build() : item;
    }

    private static boolean isCut(Item item) {
        return item instanceof ToolCall call && call.status().equals(Optional.of(ItemStatus.INCOMPLETE));
    }

    /** Servers of the Responses API are not believed: llama.cpp's calls cut ones complete, and gives no reason. */
    private static boolean isMalformed(LlmResponse response) {
        return response.status() == ResponseStatus.INCOMPLETE && response.incompleteReason().equals(Optional.of(REASON))
                && response.providerFinishReason().isPresent();
    }

    /** The same of a whole response. */
    static LlmResponse of(LlmResponse response) {
        return !isMalformed(response) ? response
                : response.toBuilder().status(ResponseStatus.COMPLETED).finishReason(FinishReason.TOOL_CALLS)
                        .incompleteReason(null).output(response.output().stream().map(MalformedCalls::whole).toList()).build();
    }
}
