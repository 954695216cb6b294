package io.quarkiverse.llm.guides;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;

@Singleton
public class Injection {

    // tag::injection[]
    @Inject
    @LlmClient
    LlmProvider llm; // <1>

    @Inject
    @LlmClient("local")
    LlmProvider local; // <2>

    @Inject
    LlmProviders providers; // <3>
    // end::injection[]
}
