package io.quarkiverse.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one {@link Role} said.
 *
 * @param phase whether an assistant's message comments on the work ({@code commentary}) or is its result
 *        ({@code final_answer}); some models want it back as they sent it
 */
public record Message(Optional<String> id, Optional<ItemStatus> status, Role role, List<Content> content,
        Optional<String> phase) implements Item {

    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(role, "role");
        content = List.copyOf(content);
        Objects.requireNonNull(phase, "phase");
    }

    /** A message of several parts. */
    public static Message of(Role role, List<? extends Content> content) {
        return new Message(Optional.empty(), Optional.empty(), role, List.copyOf(content), Optional.empty());
    }

    /** A message of one text. */
    public static Message of(Role role, String text) {
        return of(role, List.of(Content.text(text)));
    }

    /** What the user says. */
    public static Message user(String text) {
        return of(Role.USER, text);
    }

    /** A user's message of several parts, for instance a question and an image. */
    public static Message user(Content... content) {
        return of(Role.USER, List.of(content));
    }

    /** What the model said, for histories that were not recorded as responses. */
    public static Message assistant(String text) {
        return of(Role.ASSISTANT, text);
    }

    /** Instructions of the application. */
    public static Message system(String text) {
        return of(Role.SYSTEM, text);
    }

    /** Instructions of the application, for models that tell them from the provider's. */
    public static Message developer(String text) {
        return of(Role.DEVELOPER, text);
    }

    /** Its text parts, joined; empty when it has none. */
    public String text() {
        return content.stream().filter(Content.Text.class::isInstance).map(part -> ((Content.Text) part).text())
                .collect(Collectors.joining());
    }

    /** The same message with that id. */
    public Message withId(String id) {
        return new Message(Optional.of(id), status, role, content, phase);
    }

    /** The same message with that status. */
    public Message withStatus(ItemStatus status) {
        return new Message(id, Optional.of(status), role, content, phase);
    }

    /** The same message with that phase. */
    public Message withPhase(String phase) {
        return new Message(id, status, role, content, Optional.of(phase));
    }
}
