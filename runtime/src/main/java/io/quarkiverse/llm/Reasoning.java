package io.quarkiverse.llm;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the model thought before it spoke or called a tool. Put back into the next request together with the calls it led
 * to: some servers refuse tool outputs without it.
 *
 * @param summary parts of a summary, for people to read
 * @param content parts of the reasoning itself, where the server shows it
 * @param encryptedContent the reasoning in a form only the server can read, for conversations it does not store
 */
public record Reasoning(Optional<String> id, Optional<ItemStatus> status, List<String> summary, List<String> content,
        Optional<String> encryptedContent) implements Item {

    public Reasoning {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        summary = List.copyOf(summary);
        content = List.copyOf(content);
        Objects.requireNonNull(encryptedContent, "encryptedContent");
    }

    /** Reasoning that is known in clear text. */
    public static Reasoning of(String text) {
        return new Reasoning(Optional.empty(), Optional.empty(), List.of(), List.of(text), Optional.empty());
    }

    /** The reasoning itself where it is known, else its summary; parts are joined by an empty line. */
    public String text() {
        return String.join("\n\n", content.isEmpty() ? summary : content);
    }

    /** The same reasoning with that id. */
    public Reasoning withId(String id) {
        return new Reasoning(Optional.of(id), status, summary, content, encryptedContent);
    }

    /** The same reasoning with that status. */
    public Reasoning withStatus(ItemStatus status) {
        return new Reasoning(id, Optional.of(status), summary, content, encryptedContent);
    }

    /** The same reasoning with that summary. */
    public Reasoning withSummary(List<String> summary) {
        return new Reasoning(id, status, summary, content, encryptedContent);
    }

    /** The same reasoning with that encrypted content. */
    public Reasoning withEncryptedContent(String encryptedContent) {
        return new Reasoning(id, status, summary, content, Optional.of(encryptedContent));
    }
}
