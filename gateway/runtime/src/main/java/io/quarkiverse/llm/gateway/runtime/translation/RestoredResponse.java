package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;

/** Whole answers with calls of the tools that the client has offered. */
record RestoredResponse(Map<String, RestoredTool> tools) {

    LlmResponse of(LlmResponse response) {
        List<Item> output = new ArrayList<>(response.output().size());
        boolean same = true;
        for (Item item : response.output()) {
            RestoredTool tool = item instanceof ToolCall call ? tool(call) : null;
            same &= tool == null;
            if (tool == null) {
                output.add(item);
            } else if (tool.allowed()) {
                output.add(tool.restored((ToolCall) item));
            }
        }
        return same ? response : with(output, response);
    }

    /** {@code null} for a call that is to stay as it is. */
    RestoredTool tool(ToolCall call) {
        return call.namespace().isEmpty() && call.kind() == ToolCall.Kind.FUNCTION ? tools.get(call.name()) : null;
    }

    private static LlmResponse with(List<Item> output, LlmResponse response) {
        LlmResponse restored = response.toBuilder().output(output).build();
        boolean nothingToCall = response.finishReason() == FinishReason.TOOL_CALLS && restored.toolCalls().isEmpty();
        return nothingToCall ? restored.toBuilder().finishReason(FinishReason.STOP).providerFinishReason(null).build()
                : restored;
    }
}
