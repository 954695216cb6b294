package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
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

/**
 * The items of a conversation as the server takes them.
 * <p>
 * Ids and statuses stay here: no server needs those of messages, calls and outputs, and OpenAI refuses the ones that another
 * server or this library made up ("Expected an ID that begins with 'rs'", github.com/langchain-ai/langchainjs/pull/11045) as
 * well as those of items it has not stored (github.com/openai/codex/issues/3292). The exception is reasoning that the server
 * has stored and that is known by nothing but its id: it goes back with its id, and what followed it with theirs, because
 * OpenAI ties them together (github.com/OpenHands/software-agent-sdk/pull/1754).
 */
final class ItemReplay {

    private final AnsweredCalls answered;
    private final ReasoningForm reasoning;
    private final ToolCallIds callIds;
    private final boolean demotesDevelopers;
    private final boolean refusals;
    private final boolean joinTexts;
    /** Whether this turn of the model began with reasoning that the server has stored. */
    private boolean byId;
    private int index;

    /**
     * @param stored whether the server keeps what it answers
     * @param index how many items came before
     */
    ItemReplay(Quirks quirks, AnsweredCalls answered, boolean stored, int index) {
        this.index = index;
        this.answered = answered;
        this.reasoning = new ReasoningForm(quirks.get(Quirk.REASONING_REPLAY), stored);
        this.callIds = quirks.get(Quirk.TOOL_CALL_IDS);
        this.demotesDevelopers = quirks.get(Quirk.INSTRUCTIONS_ROLE) == InstructionsRole.SYSTEM;
        this.refusals = quirks.is(Quirk.REFUSAL_FIELD);
        this.joinTexts = quirks.is(Quirk.JOIN_TEXTS);
    }

    /** The next item; empty for one that stays out. */
    Optional<Item> next(Item item) {
        int place = index++;
        if (item instanceof Reasoning thought) {
            byId = reasoning.isKeptByServer(thought);
            return reasoning.of(thought, "rs_" + place).map(Item.class::cast);
        } else if (item instanceof ToolCall call) {
            return answered.keep(call) ? Optional.of(call(call)) : Optional.empty();
        } else if (item instanceof Message message) {
            byId &= message.role() == Role.ASSISTANT;
            return Optional.of(message(message));
        } else if (item instanceof ToolOutput output) {
            byId = false;
            return Optional.of(new ToolOutput(Optional.empty(), Optional.empty(), output.kind(), callIds.of(output.callId()),
                    output.content().isEmpty() ? List.of(Content.text("")) : heard(output.content())));
        }
        return Optional.of(item);
    }

    private ToolCall call(ToolCall call) {
        return new ToolCall(call.id().filter(id -> byId), Optional.empty(), call.kind(), call.namespace(), call.name(),
                callIds.of(call.callId()), call.arguments());
    }

    private Message message(Message message) {
        if (message.role() != Role.ASSISTANT) {
            Role role = message.role() == Role.DEVELOPER && demotesDevelopers ? Role.SYSTEM : message.role();
            return Message.of(role, heard(message.content()));
        }
        Optional<String> id = message.id().filter(known -> byId);
        return new Message(id, id.map(known -> message.status().orElse(ItemStatus.COMPLETED)), Role.ASSISTANT,
                joined(message.content().stream().map(this::said).toList()), message.phase());
    }

    /** Log probabilities are for whoever reads the answer, and many. */
    private Content said(Content part) {
        if (part instanceof Content.Refusal refusal) {
            return refusals ? refusal : Content.text(refusal.refusal());
        }
        return part instanceof Content.Text text ? new Content.Text(text.text(), text.annotations(), Optional.empty()) : part;
    }

    /** Only the model refuses, and only its texts have annotations. */
    private List<Content> heard(List<Content> content) {
        return joined(content.stream().map(part -> part instanceof Content.Refusal refusal ? Content.text(refusal.refusal())
                : part instanceof Content.Text text ? Content.text(text.text()) : part).toList());
    }

    private List<Content> joined(List<Content> content) {
        if (!joinTexts || content.size() < 2 || !content.stream().allMatch(ItemReplay::isPlain)) {
            return content;
        }
        return List.of(Content.text(content.stream().map(part -> ((Content.Text) part).text())
                .collect(Collectors.joining("\n"))));
    }

    private static boolean isPlain(Content part) {
        return part instanceof Content.Text text && text.annotations().isEmpty();
    }
}
