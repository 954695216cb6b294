package io.quarkiverse.llm.gateway.runtime.translation;

import io.quarkiverse.llm.ToolCall;

/**
 * What the client offered where the provider has been offered a function.
 *
 * @param kind of the calls as the client expects them
 * @param allowed whether calls of it may reach the client
 */
record RestoredTool(ToolKey key, ToolCall.Kind kind, boolean allowed) {

    boolean isCustom() {
        return kind == ToolCall.Kind.CUSTOM;
    }

    /** The call as the client expects it. */
    ToolCall restored(ToolCall call) {
        String arguments = isCustom() ? CustomInput.of(call.arguments()) : call.arguments();
        return new ToolCall(call.id(), call.status(), kind, key.namespace(), key.name(), call.callId(), arguments);
    }

    /** As {@link #restored(ToolCall)}, where the arguments are known already. */
    ToolCall restored(ToolCall call, String arguments) {
        return new ToolCall(call.id(), call.status(), kind, key.namespace(), key.name(), call.callId(), arguments);
    }
}
