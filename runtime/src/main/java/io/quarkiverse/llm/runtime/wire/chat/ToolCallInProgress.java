package io.quarkiverse.llm.runtime.wire.chat;

import java.util.Optional;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.CallArguments;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.JsonObjectTracker;

/** A tool call while it arrives. It starts when its name is known; arguments that come before wait. */
final class ToolCallInProgress extends ItemInProgress {

    /** What the server calls it; {@code null} while it has not said. */
    final String serverId;
    final String callId;
    ToolCall.Kind kind = ToolCall.Kind.FUNCTION;
    /** {@code null} while it is not known. */
    String name;
    /** The name that came before it was clear that it is that of another call; {@code null} for none. */
    String announcedName;

    private final CallArguments arguments = new CallArguments();
    private boolean placeholder;
    private boolean namedAgain;

    ToolCallInProgress(String serverId, String callId) {
        super(Ids.made("fc"));
        this.serverId = serverId;
        this.callId = callId;
    }

    void append(String delta) {
        arguments.append(delta, kind);
    }

    /**
     * Keeps an empty object, or {@code null}, that comes first for itself: translators of other protocols send it before the
     * real arguments. It counts as no arguments, which mean the same.
     *
     * @return whether it was kept
     */
    boolean holdBack(String delta) {
        String text = delta.strip();
        if (kind == ToolCall.Kind.FUNCTION && arguments.isEmpty() && (text.equals("{}") || text.equals("null"))) {
            placeholder = true;
            return true;
        }
        return false;
    }

    boolean hasPlaceholder() {
        return placeholder && arguments.isEmpty();
    }

    void nameAgain() {
        namedAgain = true;
    }

    boolean isNamedAgain() {
        return namedAgain;
    }

    /** Whether these arguments say once more what the call says already. */
    boolean isRepeatedBy(String delta) {
        return hasPlaceholder() ? delta.strip().equals("{}") : JsonObjectTracker.isSame(delta, arguments());
    }

    String arguments() {
        return arguments.text();
    }

    boolean hasArguments() {
        return !arguments.isBlank();
    }

    /** Whether the arguments are a JSON object to its last brace, so that nothing can follow. */
    boolean hasWholeObject() {
        return arguments.isWholeObject();
    }

    @Override
    ToolCall snapshot(ItemStatus status) {
        return new ToolCall(Optional.of(id), Optional.of(status), kind, Optional.empty(), name == null ? "" : name, callId,
                hasPlaceholder() ? "{}" : arguments());
    }
}
