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
        return restored(call, isCustom() ? CustomInput.of(call.arguments()) : call.arguments());
    }

    /** As {@link #restored(ToolCall)}, where the arguments are known already. */
    ToolCall restored(ToolCall call, String arguments) {
        return new ToolCall(call.id().map(this::itemId), call.status(), kind, key.namespace(), key.name(), call.callId(),
                arguments);
    }

    /** The id of the call's item: clients tell the kinds of items by how their ids begin. */
    String itemId(String ofProvider) {
        return isCustom() ? CustomTool.itemId(ofProvider) : ofProvider;
    }
}
