package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.InstructionsRole;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.Quirks;
import io.quarkiverse.llm.runtime.config.preset.ToolCallIds;
import io.quarkiverse.llm.runtime.wire.AnsweredCalls;
import io.quarkiverse.llm.runtime.wire.LeadingInstructions;

/**
 * Writes the items of a conversation as messages. What an assistant said, thought and called in one turn becomes one message:
 * servers refuse two in a row, and calls that are torn apart.
 */
final class ChatMessagesWriter {

    private final Quirks quirks;
    private final ToolCallIds callIds;
    private final ChatContentWriter contents;
    private final AssistantTurnWriter turns;

    ChatMessagesWriter(Quirks quirks) {
        this.quirks = quirks;
        this.callIds = quirks.get(Quirk.TOOL_CALL_IDS);
        this.contents = new ChatContentWriter(quirks.is(Quirk.JOIN_TEXTS));
        this.turns = new AssistantTurnWriter(quirks, contents);
    }

    /**
     * @param moreInstructions belong behind those of the request
     */
    void write(LlmRequest request, Optional<String> moreInstructions, JsonGenerator json) throws IOException {
        AnsweredCalls answered = AnsweredCalls.of(request.input());
        AssistantTurn turn = new AssistantTurn();
        List<Content> shown = new ArrayList<>();
        LeadingInstructions leading = LeadingInstructions.of(request, moreInstructions,
                quirks.is(Quirk.MERGE_INSTRUCTIONS));
        json.writeStartArray();
        if (leading.message().isPresent()) {
            writeMessage(leading.message().get(), json);
        }
        for (Item item : request.input()) {
            if (leading.holds(item)) {
                continue;
            }
            if (item instanceof Message message && message.role() == Role.ASSISTANT) {
                writeShown(shown, json);
                turn.add(message);
            } else if (item instanceof Reasoning reasoning) {
                writeShown(shown, json);
                turn.add(reasoning);
            } else if (item instanceof ToolCall call) {
                writeShown(shown, json);
                if (answered.keep(call)) {
                    turn.add(call);
                }
            } else {
                turns.write(turn, json);
                turn = new AssistantTurn();
                writeOther(item, shown, json);
            }
        }
        turns.write(turn, json);
        writeShown(shown, json);
        json.writeEndArray();
    }

    private void writeOther(Item item, List<Content> shown, JsonGenerator json) throws IOException {
        if (item instanceof ToolOutput output) {
            writeOutput(output, shown, json);
        } else if (item instanceof Message message) {
            writeShown(shown, json);
            writeMessage(message, json);
        }
    }

    private void writeMessage(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        boolean demoted = message.role() == Role.DEVELOPER
                && quirks.get(Quirk.INSTRUCTIONS_ROLE) == InstructionsRole.SYSTEM;
        Role role = demoted ? Role.SYSTEM : message.role();
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
        json.writeStringField("tool_call_id", callIds.of(output.callId()));
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
}
