package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.gateway.runtime.seal.Opening;
import io.quarkiverse.llm.gateway.runtime.seal.Purpose;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;

/**
 * Reasoning that a client brings back. Some bring back none without {@code encrypted_content} when nothing is stored (the AI
 * SDK), though models need their own reasoning between the calls of a turn. Where the client has asked for that field, and the
 * provider's reasoning comes in clear, the field has the text, sealed for that client. For one answer.
 */
final class CarriedReasoning {

    /** What asks for the field. */
    static final String INCLUDE = "reasoning.encrypted_content";

    private final Seal seal;
    /** By text. The end of a stream must tell what its events told, and no sealing is like another. */
    private final Map<String, String> sealed = new HashMap<>();

    CarriedReasoning(Seal seal) {
        this.seal = seal;
    }

    /** With its text in the field, where nothing else is. */
    private Reasoning carried(Reasoning reasoning) {
        String text = reasoning.text();
        if (text.isEmpty() || reasoning.encryptedContent().filter(content -> !content.isEmpty()).isPresent()) {
            return reasoning;
        }
        return reasoning.withEncryptedContent(sealed.computeIfAbsent(text, clear -> seal.seal(Purpose.REASONING, clear)));
    }

    /** Whether it has been carried for some gateway such as this, which may not be able to open it. */
    static boolean isCarried(Reasoning reasoning) {
        return reasoning.encryptedContent().filter(Sealing::isSealed).isPresent();
    }

    /** As it was before it was carried; the very same where it was not, or not by that client from here. */
    static Reasoning opened(Reasoning reasoning, Opening opening) {
        Optional<String> text = reasoning.encryptedContent().flatMap(content -> opening.open(Purpose.REASONING, content));
        return text.isEmpty() ? reasoning
                : new Reasoning(reasoning.id(), reasoning.status(), reasoning.summary(), List.of(text.get()), Optional.empty());
    }

    /** A stage in front of what takes the events. */
    Consumer<LlmEvent> before(Consumer<LlmEvent> next) {
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

    LlmResponse of(LlmResponse response) {
        List<Item> output = response.output().stream()
                .map(item -> item instanceof Reasoning reasoning ? carried(reasoning) : item).toList();
        return response.toBuilder().output(output).build();
    }
}
