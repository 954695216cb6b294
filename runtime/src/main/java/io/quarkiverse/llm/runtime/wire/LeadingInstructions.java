package io.quarkiverse.llm.runtime.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;

/**
 * The message of instructions that a conversation begins with. Where they are merged it holds those of all system and
 * developer messages, in their order: chat templates such as Qwen's refuse them anywhere else, and a second one as well.
 */
public final class LeadingInstructions {

    private static final String BLANK_LINE = "\n\n";

    private final boolean merged;
    private final List<Content> content = new ArrayList<>();
    private boolean holdsAny;

    private LeadingInstructions(boolean merged) {
        this.merged = merged;
    }

    /**
     * @param addition belongs behind the instructions of the request
     * @param merged whether messages of instructions join them
     */
    public static LeadingInstructions of(LlmRequest request, Optional<String> addition, boolean merged) {
        LeadingInstructions leading = new LeadingInstructions(merged);
        request.instructions().ifPresent(leading::add);
        addition.ifPresent(leading::add);
        if (merged) {
            request.input().stream().filter(leading::holds).forEach(item -> leading.join((Message) item));
        }
        return leading;
    }

    private void join(Message message) {
        holdsAny = true;
        message.content().forEach(this::add);
    }

    private void add(Content part) {
        if (part instanceof Content.Text text) {
            add(text.text());
        } else {
            content.add(part);
        }
    }

    private void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        int last = content.size() - 1;
        if (last >= 0 && content.get(last) instanceof Content.Text before) {
            content.set(last, Content.text(before.text() + BLANK_LINE + text));
        } else {
            content.add(Content.text(text));
        }
    }

    /** Whether the item is in here already. */
    public boolean holds(Item item) {
        return merged && item instanceof Message message
                && (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER);
    }

    /** Whether any item is in here. */
    public boolean holdsAny() {
        return holdsAny;
    }

    public Optional<Message> message() {
        return content.isEmpty() ? Optional.empty() : Optional.of(Message.of(Role.DEVELOPER, content));
    }
}
