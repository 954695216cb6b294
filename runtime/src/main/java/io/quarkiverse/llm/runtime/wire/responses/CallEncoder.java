package io.quarkiverse.llm.runtime.wire.responses;

import com.fasterxml.jackson.core.io.SerializedString;

import io.quarkiverse.llm.ToolCall;

/** The arguments of a tool call while they are written. */
final class CallEncoder {

    private static final SerializedString DELTA = new SerializedString(",\"delta\":");

    private final EventOutput out;
    private final ItemPlace item;
    private final boolean custom;
    private final String deltaType;
    private final SerializedString head;
    /** {@code null} where nobody will ask for it: the arguments of a call may be long. */
    private final StringBuilder told;
    private boolean hasDelta;
    private boolean done;

    /**
     * @param cuttable whether it may end where it is
     */
    CallEncoder(EventOutput out, ItemPlace item, ToolCall.Kind kind, boolean cuttable) {
        this.out = out;
        this.item = item;
        this.custom = kind == ToolCall.Kind.CUSTOM;
        this.deltaType = custom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta";
        this.head = item.deltaHead(deltaType, "");
        this.told = cuttable ? new StringBuilder() : null;
    }

    void delta(String delta) {
        hasDelta = true;
        if (told != null) {
            told.append(delta);
        }
        out.delta(deltaType, head, DELTA, delta);
    }

    /** The arguments so far, of one that may end where it is. */
    String told() {
        return told.toString();
    }

    /** Says nothing, so that the client knows that more will come; nothing more comes of a call that is done. */
    boolean keepAlive() {
        if (!done) {
            out.delta(deltaType, head, DELTA, "");
        }
        return !done;
    }

    /** All arguments that there will be, once: also those of a call that was cut. */
    void done(ToolCall call) {
        if (done) {
            return;
        }
        done = true;
        if (!hasDelta && !call.arguments().isEmpty()) {
            // some clients take the arguments from the deltas alone
            delta(call.arguments());
        }
        out.event(custom ? "response.custom_tool_call_input.done" : "response.function_call_arguments.done", json -> {
            item.write(json);
            if (!custom) {
                json.writeStringField("name", call.name());
            }
            json.writeStringField(custom ? "input" : "arguments", call.arguments());
        });
    }
}
