package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;

/**
 * The notes that a model has written on a conversation.
 *
 * @param usage what they have cost, where the server says it
 */
record Summary(String notes, Optional<Usage> usage) {

    /**
     * @throws LlmException when the answer is none: a conversation that goes on from the half of its notes has lost the rest
     */
    static Summary of(LlmResponse response) {
        String notes = response.text().strip();
        if (response.status() != ResponseStatus.COMPLETED || notes.isEmpty()) {
            throw new LlmException("The model has written no notes on the conversation, or not all of them",
                    LlmErrorDetails.builder().build(), null);
        }
        return new Summary(notes, response.usage());
    }

    /** With what the notes have cost. */
    Optional<Usage> plus(Optional<Usage> answer) {
        return answer.isEmpty() ? usage : Optional.of(usage.map(answer.get()::plus).orElse(answer.get()));
    }
}
