package io.quarkiverse.llm.deployment.bean;

import java.util.Optional;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

/** Always says the same. */
abstract class Fixed implements LlmProvider {

    private final String text;

    Fixed(String text) {
        this.text = text;
    }

    @Override
    public String name() {
        return "own name";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return Multi.createFrom().item(new LlmEvent.TextDelta("item", 0, 0, text, Optional.empty()));
    }

    static String ask(LlmProvider provider) {
        return String.join("", provider.streamText(LlmRequest.of("hello")).collect().asList().await().indefinitely());
    }
}
