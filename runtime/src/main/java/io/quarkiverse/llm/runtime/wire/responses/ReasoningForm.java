package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.runtime.config.preset.ReasoningReplay;

/**
 * What goes back to the server of the reasoning of earlier answers.
 *
 * @param stored whether the server keeps what it answers in this conversation
 */
record ReasoningForm(ReasoningReplay replay, boolean stored) {

    private static final String ID_OF_OPENAI = "rs_";

    /** Whether the item stands for one that only the server has. */
    boolean isKeptByServer(Reasoning reasoning) {
        return replay == ReasoningReplay.ENCRYPTED && stored && encrypted(reasoning).isEmpty() && reasoning.content().isEmpty()
                && reasoning.id().filter(id -> id.startsWith(ID_OF_OPENAI)).isPresent();
    }

    /** Some servers, llama.cpp among them, have an empty string for none. */
    static Optional<String> encrypted(Reasoning reasoning) {
        return reasoning.encryptedContent().filter(content -> !content.isEmpty());
    }

    /**
     * @param place an id for servers that want one: OpenAI's description of the API requires it
     */
    Optional<Reasoning> of(Reasoning reasoning, String place) {
        Optional<String> id = Optional.of(reasoning.id().filter(known -> !known.isEmpty()).orElse(place));
        return switch (replay) {
            case AS_RECEIVED -> isEmpty(reasoning) ? Optional.empty()
                    : Optional.of(new Reasoning(id, Optional.empty(), reasoning.summary(), reasoning.content(),
                            encrypted(reasoning)));
            case TEXT -> reasoning.text().isEmpty() ? Optional.empty()
                    : Optional.of(new Reasoning(id, Optional.empty(), List.of(), List.of(reasoning.text()), Optional.empty()));
            case ENCRYPTED -> encrypted(reasoning).isPresent() || isKeptByServer(reasoning)
                    ? Optional.of(new Reasoning(id.filter(known -> isKeptByServer(reasoning)), Optional.empty(),
                            reasoning.summary(), List.of(), encrypted(reasoning)))
                    : Optional.empty();
        };
    }

    private static boolean isEmpty(Reasoning reasoning) {
        return reasoning.id().isEmpty() && reasoning.text().isEmpty() && encrypted(reasoning).isEmpty();
    }
}
