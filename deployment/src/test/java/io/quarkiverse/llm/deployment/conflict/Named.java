package io.quarkiverse.llm.deployment.conflict;

import java.util.Optional;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

/** Answers with its text. */
public class Named implements LlmProvider {

    private final String text;

    public Named(String text) {
        this.text = text;
    }

    Named() {
        this("nothing");
    }

    @Override
    public String name() {
        return text;
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return Multi.createFrom().item(new LlmEvent.TextDelta("item", 0, 0, text, Optional.empty()));
    }

    static String ask(LlmProvider provider) {
        return String.join("", provider.streamText(LlmRequest.of("hello")).collect().asList().await().indefinitely());
    }
}
