package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.CallArguments;
import io.quarkiverse.llm.runtime.wire.JsonObjectTracker;

/** A tool call while it arrives. It begins when its name is known; arguments that come before wait. */
final class OpenCall extends OpenItem {

    private final CallArguments arguments = new CallArguments();
    String namespace;
    /** {@code null} while it is not known. */
    String name;
    /** What the server calls the call; {@code null} while it has not said. */
    String serverCallId;
    /** {@code null} before the call has begun. */
    String callId;
    /** What the server said of the arguments when it added the call; empty with all that stream them. */
    String announcedArguments = "";
    /** Whether the server has said that the arguments are over. */
    boolean argumentsOver;
    /** Whether the server has said at its end that it is incomplete. */
    boolean cut;
    boolean completed;

    OpenCall(ItemKind kind, String id, boolean identified, int serverIndex) {
        super(kind, id, identified, serverIndex);
    }

    @Override
    void describe(ReceivedItem received) {
        super.describe(received);
        namespace = namespace == null ? received.namespace() : namespace;
        name = name == null ? received.name() : name;
        serverCallId = serverCallId == null ? received.callId() : serverCallId;
    }

    boolean hasBegun() {
        return outputIndex >= 0;
    }

    void append(String delta) {
        arguments.append(delta, callKind());
    }

    /** Begins anew, with arguments of which nothing has been handed on. */
    void forgetArguments() {
        arguments.forget();
    }

    String arguments() {
        return arguments.text();
    }

    boolean hasArguments() {
        return !arguments.isBlank();
    }

    /** Whether the last brace has come, so that nothing can follow. */
    boolean hasLastBrace() {
        return arguments.hasLastBrace();
    }

    /** Whether the arguments are a JSON object to its last brace. */
    boolean hasWholeObject() {
        return arguments.isWholeObject();
    }

    ToolCall.Kind callKind() {
        return kind == ItemKind.CUSTOM_CALL ? ToolCall.Kind.CUSTOM : ToolCall.Kind.FUNCTION;
    }

    @Override
    boolean says(String whole) {
        return arguments.is(whole);
    }

    @Override
    boolean holdsWhat(ReceivedItem received) {
        String told = received.arguments();
        return isNamed(received.name()) && told != null
                && (says(told) || kind == ItemKind.FUNCTION_CALL && JsonObjectTracker.isSame(arguments(), told));
    }

    /** Whether this may be its name. */
    boolean isNamed(String told) {
        return name == null || told == null || name.equals(told);
    }

    @Override
    ToolCall snapshot(Optional<ItemStatus> status) {
        return new ToolCall(Optional.of(id), status, callKind(), Optional.ofNullable(namespace), name == null ? "" : name,
                callId == null ? "" : callId, arguments());
    }
}
