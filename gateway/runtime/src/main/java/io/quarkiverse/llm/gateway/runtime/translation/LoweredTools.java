package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/** The tools of a request as functions, for a provider that takes nothing else, and the way back. */
final class LoweredTools {

    private final ClientTools client;
    private final List<Tool> functions;
    private final Optional<ToolChoice> choice;
    private final Map<String, RestoredTool> restored;

    private LoweredTools(ClientTools client, ChosenTools chosen) {
        this.client = client;
        this.functions = chosen.allowed().stream().<Tool> map(tool -> tool.function(client.nameOf(tool.key()))).toList();
        this.choice = chosen.choice();
        this.restored = restored(client, new LinkedHashSet<>(chosen.allowed()));
    }

    /**
     * @throws InvalidRequestException when the client demands a tool that cannot be had
     */
    static LoweredTools of(LlmRequest request, Notes notes) {
        ClientTools tools = ClientTools.of(request.tools(), notes);
        return new LoweredTools(tools, ChosenTools.of(tools, request.toolChoice(), notes));
    }

    private static Map<String, RestoredTool> restored(ClientTools client, Set<OfferedTool> allowed) {
        Map<String, RestoredTool> restored = new HashMap<>();
        for (OfferedTool tool : client.all()) {
            String name = client.nameOf(tool.key());
            boolean callable = allowed.contains(tool);
            if (!callable || tool.differs(name)) {
                restored.put(name, new RestoredTool(tool.key(), tool.kind(), callable));
            }
        }
        return Map.copyOf(restored);
    }

    List<Tool> functions() {
        return functions;
    }

    Optional<ToolChoice> choice() {
        return choice;
    }

    /** What the client has offered, by what the provider calls it; only what differs or must not be called. */
    Map<String, RestoredTool> restored() {
        return restored;
    }

    /** An item of the history as one that the provider can take. */
    Item lowered(Item item) {
        if (item instanceof ToolCall call) {
            return lowered(call);
        }
        return item instanceof ToolOutput output ? lowered(output) : item;
    }

    /** A call of the history as the provider would have made it. */
    private ToolCall lowered(ToolCall call) {
        boolean custom = call.kind() == ToolCall.Kind.CUSTOM;
        String name = client.nameOf(new ToolKey(call.namespace(), call.name()));
        if (!custom && call.namespace().isEmpty() && name.equals(call.name())) {
            return call;
        }
        return new ToolCall(custom ? call.id().map(CustomTool::functionItemId) : call.id(), call.status(),
                ToolCall.Kind.FUNCTION, Optional.empty(), name, call.callId(),
                custom ? CustomTool.arguments(call.arguments()) : call.arguments());
    }

    private static ToolOutput lowered(ToolOutput output) {
        return output.kind() == ToolCall.Kind.FUNCTION ? output : output.withKind(ToolCall.Kind.FUNCTION);
    }
}
