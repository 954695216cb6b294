package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * Calls without an output, and outputs without a call, in a conversation that goes on from a stored response. Who
 * refers to that can send again what is missing, so that it is refused, as OpenAI's servers do; in a conversation
 * that a client replays as a whole it would be refused for ever, and is mended.
 */
public final class OpenCalls {

    private OpenCalls() {
    }

    /**
     * @throws InvalidRequestException for such a conversation
     */
    public static void refuse(List<Item> conversation) {
        Set<String> called = new LinkedHashSet<>();
        Set<String> open = new LinkedHashSet<>();
        for (Item item : conversation) {
            if (item instanceof ToolCall call) {
                called.add(call.callId());
                open.add(call.callId());
            } else if (item instanceof ToolOutput output) {
                if (!called.contains(output.callId())) {
                    throw refused("No tool call found for function call output with call_id " + Brief.of(output.callId()));
                }
                open.remove(output.callId());
            }
        }
        if (!open.isEmpty()) {
            throw refused("No tool output found for function call " + Brief.of(open.iterator().next()));
        }
    }

    private static InvalidRequestException refused(String message) {
        return new InvalidRequestException(message + ".", "input", "invalid_value");
    }
}
