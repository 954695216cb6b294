package io.quarkiverse.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer to a {@link ToolCall}.
 *
 * @param kind of the call it answers
 * @param callId of the call it answers
 * @param content mostly one text; images and files where the server takes them
 */
public record ToolOutput(Optional<String> id, Optional<ItemStatus> status, ToolCall.Kind kind, String callId,
        List<Content> content) implements Item {

    public ToolOutput {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(callId, "callId");
        content = List.copyOf(content);
    }

    /** The output of a function call. */
    public static ToolOutput of(String callId, String text) {
        return of(callId, List.of(Content.text(text)));
    }

    /** The output of a function call in several parts. */
    public static ToolOutput of(String callId, List<? extends Content> content) {
        return new ToolOutput(Optional.empty(), Optional.empty(), ToolCall.Kind.FUNCTION, callId, List.copyOf(content));
    }

    /** The output of that very call, of its kind. */
    public static ToolOutput of(ToolCall call, String text) {
        return of(call.callId(), text).withKind(call.kind());
    }

    /** Its text parts, joined; empty when it has none. */
    public String text() {
        return content.stream().filter(Content.Text.class::isInstance).map(part -> ((Content.Text) part).text())
                .collect(Collectors.joining());
    }

    /** The same output with that id. */
    public ToolOutput withId(String id) {
        return new ToolOutput(Optional.of(id), status, kind, callId, content);
    }

    /** The same output with that status. */
    public ToolOutput withStatus(ItemStatus status) {
        return new ToolOutput(id, Optional.of(status), kind, callId, content);
    }

    /** The same output for a call of that kind. */
    public ToolOutput withKind(ToolCall.Kind kind) {
        return new ToolOutput(id, status, kind, callId, content);
    }
}
