package io.quarkiverse.llm.guides;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ResponseStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Answers that the server keeps. */
@ApplicationScoped
public class StoredAnswers {

    private final LlmProvider llm;

    StoredAnswers(@LlmClient("hosted") LlmProvider llm) {
        this.llm = llm;
    }

    // tag::chain[]
    LlmResponse ask(String question) {
        return llm.completeAndAwait(LlmRequest.builder().user(question).store(true).build()); // <1>
    }

    LlmResponse askOn(LlmResponse before, String question) {
        return llm.completeAndAwait(LlmRequest.builder()
                .previousResponseId(before.id()) // <2>
                .user(question)
                .store(true)
                .build());
    }
    // end::chain[]

    // tag::gone[]
    LlmResponse askOn(LlmResponse before, List<Item> history, String question) {
        try {
            return askOn(before, question);
        } catch (LlmNotFoundException gone) {
            return llm.completeAndAwait(LlmRequest.builder().items(history).user(question).store(true).build());
        }
    }
    // end::gone[]

    // tag::conversation[]
    LlmResponse say(String conversationId, String words) {
        return llm.completeAndAwait(LlmRequest.builder().conversation(conversationId).user(words).build());
    }
    // end::conversation[]

    // tag::background[]
    Uni<LlmResponse> research(String task) {
        return llm.complete(LlmRequest.builder()
                .user(task)
                .background(true) // <1>
                .store(true)
                .timeout(Duration.ofHours(1)) // <2>
                .build());
    }
    // end::background[]

    // tag::stream[]
    Multi<String> researchAloud(String task) {
        return llm.streamText(LlmRequest.builder().user(task).background(true).store(true).build());
    }
    // end::stream[]

    // tag::later[]
    Optional<String> look(String responseId) {
        LlmResponse response = llm.responses().get(responseId).await().indefinitely();
        return response.status() == ResponseStatus.COMPLETED ? Optional.of(response.text()) : Optional.empty();
    }

    Multi<LlmEvent> follow(String responseId) {
        return llm.responses().resume(responseId, -1); // <1>
    }

    Uni<LlmResponse> stop(String responseId) {
        return llm.responses().cancel(responseId);
    }

    Uni<Void> forget(String responseId) {
        return llm.responses().delete(responseId);
    }

    Uni<List<Item>> asked(String responseId) {
        return llm.responses().inputItems(responseId);
    }
    // end::later[]
}
