package io.quarkiverse.llm.gateway.runtime.translation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Reasoning;

/**
 * Reasoning that a client brings back. Some bring back none without {@code encrypted_content} when nothing is stored (the AI
 * SDK), though models need their own reasoning between the calls of a turn. Where the client has asked for that field, and the
 * provider's reasoning comes in clear, the field has the text. It hides nothing, and is not meant to.
 */
final class CarriedReasoning {

    /** What asks for the field. */
    static final String INCLUDE = "reasoning.encrypted_content";
    /** No server's own begins like that. */
    private static final String OURS = "quarkus-llm:";

    private CarriedReasoning() {
    }

    /** With its text in the field, where nothing else is. */
    static Reasoning carried(Reasoning reasoning) {
        String text = reasoning.text();
        if (text.isEmpty() || reasoning.encryptedContent().filter(content -> !content.isEmpty()).isPresent()) {
            return reasoning;
        }
        return reasoning.withEncryptedContent(
                OURS + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As it was before it was carried; the very same where it was not. */
    static Reasoning opened(Reasoning reasoning) {
        Optional<String> text = reasoning.encryptedContent().filter(content -> content.startsWith(OURS))
                .flatMap(CarriedReasoning::text);
        return text.isEmpty() ? reasoning
                : new Reasoning(reasoning.id(), reasoning.status(), reasoning.summary(), List.of(text.get()), Optional.empty());
    }

    private static Optional<String> text(String content) {
        try {
            return Optional
                    .of(new String(Base64.getDecoder().decode(content.substring(OURS.length())), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // cut by somebody on the way: as good as a foreign server's
            return Optional.empty();
        }
    }

    /** A stage in front of what takes the events. */
    static Consumer<LlmEvent> before(Consumer<LlmEvent> next) {
        return event -> {
            if (event instanceof ItemComplete complete && complete.item() instanceof Reasoning reasoning) {
                next.accept(new ItemComplete(complete.itemId(), complete.outputIndex(), carried(reasoning)));
            } else if (event instanceof ResponseCompleted completed) {
                next.accept(new ResponseCompleted(of(completed.response())));
            } else {
                next.accept(event);
            }
        };
    }

    static LlmResponse of(LlmResponse response) {
        List<Item> output = response.output().stream()
                .map(item -> item instanceof Reasoning reasoning ? carried(reasoning) : item).toList();
        return response.toBuilder().output(output).build();
    }
}
