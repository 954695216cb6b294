package io.quarkiverse.llm.coreonly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

/** Greets with one provider and says goodbye with another. */
@ApplicationScoped
public class Greeter {

    @Inject
    @LlmClient
    LlmProvider llm;

    @Inject
    @LlmClient("polite")
    LlmProvider polite;

    public Multi<String> greet(String name) {
        return llm.streamText(LlmRequest.of("Greet " + name));
    }

    public String farewell(String name) {
        return polite.completeAndAwait(LlmRequest.of("Say goodbye to " + name)).text();
    }
}
