package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.Quirks;

/**
 * Writes the items of a conversation as messages. What an assistant said, thought and called in one turn becomes one message:
 * servers refuse two in a row, and calls that are torn apart.
 */
final class ChatMessagesWriter {

    private final ChatLimits limits;
    private final Quirks quirks;
    private final ChatContentWriter contents;

    ChatMessagesWriter(String provider, Quirks quirks) {
        this.limits = new ChatLimits(provider);
        this.quirks = quirks;
        this.contents = new ChatContentWriter(limits);
    }

    void write(LlmRequest request, JsonGenerator json) throws IOException {
        Set<String> answered = request.input().stream().filter(ToolOutput.class::isInstance)
                .map(item -> ((ToolOutput) item).callId()).collect(Collectors.toSet());
        AssistantTurn turn = new AssistantTurn();
        List<Content> shown = new ArrayList<>();
        json.writeStartArray();
        if (request.instructions().isPresent()) {
            writeMessage(Message.of(Role.DEVELOPER, request.instructions().get()), json);
        }
        for (Item item : request.input()) {
            if (item instanceof Message message && message.role() == Role.ASSISTANT) {
                writeShown(shown, json);
                turn.add(message);
            } else if (item instanceof Reasoning reasoning) {
                writeShown(shown, json);
                turn.add(reasoning);
            } else if (item instanceof ToolCall call) {
                limits.refuse(call.namespace().isPresent(), "tools in a namespace ('" + call.name() + "')");
                writeShown(shown, json);
                turn.add(call, answered);
            } else {
                turn = writeTurn(turn, json);
                writeOther(item, shown, json);
            }
        }
        writeTurn(turn, json);
        writeShown(shown, json);
        json.writeEndArray();
    }

    private void writeOther(Item item, List<Content> shown, JsonGenerator json) throws IOException {
        if (item instanceof ToolOutput output) {
            writeOutput(output, shown, json);
        } else if (item instanceof Message message) {
            writeShown(shown, json);
            writeMessage(message, json);
        } else if (item instanceof ItemReference reference) {
            limits.refuse(true, "references to stored items ('" + reference.itemId() + "')");
        } else if (item instanceof OpaqueItem opaque) {
            limits.refuse(true, "items of type '" + opaque.type() + "'");
        }
    }

    private void writeMessage(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        Role role = message.role() == Role.DEVELOPER && !quirks.developerRole() ? Role.SYSTEM : message.role();
        json.writeStringField("role", role.wireName());
        json.writeFieldName("content");
        contents.write(message.content(), json);
        json.writeEndObject();
    }

    /** A tool's message holds text alone: images and files of the outputs follow as a user's, after the last of them. */
    private void writeOutput(ToolOutput output, List<Content> shown, JsonGenerator json) throws IOException {
        List<Content> texts = output.content().stream().filter(Content.Text.class::isInstance).toList();
        output.content().stream().filter(content -> !(content instanceof Content.Text)).forEach(shown::add);
        json.writeStartObject();
        json.writeStringField("role", "tool");
        json.writeStringField("tool_call_id", output.callId());
        json.writeFieldName("content");
        contents.write(texts, json);
        json.writeEndObject();
    }

    private void writeShown(List<Content> shown, JsonGenerator json) throws IOException {
        if (!shown.isEmpty()) {
            writeMessage(Message.of(Role.USER, shown), json);
            shown.clear();
        }
    }

    /** @return a fresh turn */
    private AssistantTurn writeTurn(AssistantTurn turn, JsonGenerator json) throws IOException {
        boolean reasoning = !turn.reasoning.isEmpty() && quirks.reasoningField().isPresent();
        if (turn.content.isEmpty() && turn.calls.isEmpty() && !reasoning) {
            return turn.isEmpty() ? turn : new AssistantTurn();
        }
        json.writeStartObject();
        json.writeStringField("role", Role.ASSISTANT.wireName());
        if (reasoning) {
            json.writeStringField(quirks.reasoningField().get(), String.join("\n\n", turn.reasoning));
        }
        writeAssistantContent(turn, json);
        if (!turn.calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolCall call : turn.calls) {
                writeCall(call, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        return new AssistantTurn();
    }

    private void writeAssistantContent(AssistantTurn turn, JsonGenerator json) throws IOException {
        String refusal = turn.content.stream().filter(Content.Refusal.class::isInstance)
                .map(content -> ((Content.Refusal) content).refusal()).collect(Collectors.joining());
        List<Content> content = new ArrayList<>(turn.content);
        if (!refusal.isEmpty() && quirks.refusalField()) {
            content.removeIf(Content.Refusal.class::isInstance);
            json.writeStringField("refusal", refusal);
        } else {
            content.replaceAll(part -> part instanceof Content.Refusal said ? Content.text(said.refusal()) : part);
        }
        json.writeFieldName("content");
        if (content.isEmpty() && (!turn.calls.isEmpty() || !refusal.isEmpty())) {
            json.writeNull();
        } else {
            contents.write(content, json);
        }
    }

    private static void writeCall(ToolCall call, JsonGenerator json) throws IOException {
        boolean custom = call.kind() == ToolCall.Kind.CUSTOM;
        json.writeStartObject();
        json.writeStringField("id", call.callId());
        json.writeStringField("type", custom ? "custom" : "function");
        json.writeObjectFieldStart(custom ? "custom" : "function");
        json.writeStringField("name", call.name());
        json.writeStringField(custom ? "input" : "arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }
}
