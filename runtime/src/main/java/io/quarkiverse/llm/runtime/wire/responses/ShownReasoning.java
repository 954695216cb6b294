package io.quarkiverse.llm.runtime.wire.responses;

import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.Reasoning;

/**
 * Hands on reasoning as a client gets to see it: with a status, which clients of Open Responses know and those of OpenAI do
 * not mind, and encrypted only for one that has asked for it.
 *
 * @param encrypted whether the client has asked for it
 */
record ShownReasoning(boolean encrypted, Consumer<LlmEvent> events) implements Consumer<LlmEvent> {

    @Override
    public void accept(LlmEvent event) {
        if (event instanceof ItemStarted start && start.item() instanceof Reasoning reasoning) {
            events.accept(
                    new ItemStarted(start.itemId(), start.outputIndex(), shown(reasoning, ItemStatus.IN_PROGRESS, encrypted)));
        } else if (event instanceof ItemComplete whole && whole.item() instanceof Reasoning reasoning) {
            events.accept(
                    new ItemComplete(whole.itemId(), whole.outputIndex(), shown(reasoning, ItemStatus.COMPLETED, encrypted)));
        } else {
            events.accept(event);
        }
    }

    /**
     * @param otherwise its status when it says none
     */
    static Reasoning shown(Reasoning reasoning, ItemStatus otherwise, boolean encrypted) {
        return new Reasoning(reasoning.id(), Optional.of(reasoning.status().orElse(otherwise)), reasoning.summary(),
                reasoning.content(), reasoning.encryptedContent().filter(cipher -> encrypted));
    }
}
