package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.ToolCall;

/**
 * Makes calls of functions into calls of what the client has offered, in the events of one answer: custom tools stream their
 * text, and calls of tools that the client does not allow are kept from it. Not thread-safe.
 */
final class RestoredCalls implements Consumer<LlmEvent> {

    private final RestoredResponse responses;
    private final Consumer<LlmEvent> next;
    /** Of the items that are calls of custom tools. */
    private final Map<String, CustomInput> inputs = new HashMap<>();
    private final LeftOutItems leftOut = new LeftOutItems();

    RestoredCalls(RestoredResponse responses, Consumer<LlmEvent> next) {
        this.responses = responses;
        this.next = next;
    }

    @Override
    public void accept(LlmEvent event) {
        if (event instanceof OfItem ofItem) {
            restore(ofItem);
        } else if (event instanceof ResponseCompleted completed) {
            next.accept(new ResponseCompleted(responses.of(completed.response())));
        } else {
            next.accept(event);
        }
    }

    private void restore(OfItem event) {
        if (event instanceof ItemStarted started && started.item() instanceof ToolCall call) {
            begin(started, call);
        } else if (event instanceof ToolCallStart start) {
            forward(restored(start));
        } else if (event instanceof ToolCallArgumentsDelta delta && inputs.containsKey(delta.itemId())) {
            forwardInput(delta, delta.callId(), inputs.get(delta.itemId()).read(delta.delta()));
        } else if (event instanceof ToolCallComplete complete) {
            complete(complete);
        } else if (event instanceof ItemComplete complete && complete.item() instanceof ToolCall call) {
            complete(complete, call);
        } else {
            forward(event);
        }
    }

    private void begin(ItemStarted started, ToolCall call) {
        RestoredTool tool = responses.tool(call);
        if (tool == null) {
            forward(started);
        } else if (!tool.allowed()) {
            leftOut.add(started.outputIndex());
        } else {
            if (tool.isCustom()) {
                inputs.put(started.itemId(), new CustomInput());
            }
            forward(new ItemStarted(tool.itemId(started.itemId()), started.outputIndex(),
                    tool.restored(call, tool.isCustom() ? "" : call.arguments())));
        }
    }

    private ToolCallStart restored(ToolCallStart start) {
        RestoredTool tool = responses.tool(ToolCall.function(start.callId(), start.name(), ""));
        return tool == null || start.namespace().isPresent() || start.kind() == ToolCall.Kind.CUSTOM ? start
                : new ToolCallStart(tool.itemId(start.itemId()), start.outputIndex(), tool.kind(), tool.key().namespace(),
                        tool.key().name(), start.callId());
    }

    private void complete(ToolCallComplete complete) {
        RestoredTool tool = responses.tool(complete.call());
        if (tool == null) {
            forward(complete);
            return;
        }
        endInput(complete, complete.call());
        forward(new ToolCallComplete(tool.itemId(complete.itemId()), complete.outputIndex(),
                tool.restored(complete.call())));
    }

    private void complete(ItemComplete complete, ToolCall call) {
        RestoredTool tool = responses.tool(call);
        if (tool == null) {
            forward(complete);
            return;
        }
        // a call that was cut has not been completed before
        endInput(complete, call);
        forward(new ItemComplete(tool.itemId(complete.itemId()), complete.outputIndex(), tool.restored(call)));
    }

    /** Tells what is left: all of it when the arguments turn out to hold no input, and so are the input. */
    private void endInput(OfItem event, ToolCall call) {
        CustomInput input = inputs.remove(event.itemId());
        if (input != null) {
            String whole = CustomInput.of(call.arguments());
            forwardInput(event, call.callId(), whole.substring(Math.min(input.told(), whole.length())));
        }
    }

    private void forwardInput(OfItem event, String callId, String delta) {
        if (!delta.isEmpty()) {
            forward(new ToolCallArgumentsDelta(CustomTool.itemId(event.itemId()), event.outputIndex(), callId, delta));
        }
    }

    private void forward(OfItem event) {
        if (leftOut.isEmpty()) {
            next.accept(event);
        } else if (!leftOut.holds(event.outputIndex())) {
            next.accept(leftOut.renumbered(event));
        }
    }
}
