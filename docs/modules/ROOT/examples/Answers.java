package io.quarkiverse.llm.guides;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.smallrye.mutiny.Uni;

/** Answers as a whole. */
@ApplicationScoped
public class Answers {

    private final LlmProvider llm;

    Answers(@LlmClient LlmProvider llm) {
        this.llm = llm;
    }

    // tag::blocking[]
    String answer(String question) {
        LlmResponse response = llm.completeAndAwait(LlmRequest.of(question)); // <1>
        return response.text(); // <2>
    }
    // end::blocking[]

    // tag::later[]
    Uni<String> answerLater(String question) {
        return llm.complete(LlmRequest.of(question)).map(LlmResponse::text);
    }
    // end::later[]

    // tag::options[]
    static LlmRequest asPirate(String question) {
        return LlmRequest.builder()
                .instructions("You are a pirate.")
                .user(question)
                .temperature(0.2)
                .maxOutputTokens(500L)
                .reasoningEffort("low")
                .build();
    }
    // end::options[]

    // tag::extra[]
    static LlmRequest withoutThinking(LlmRequest request) {
        return request.toBuilder()
                .extraBody("chat_template_kwargs", RawJson.of("{\"enable_thinking\": false}"))
                .build();
    }
    // end::extra[]
}
