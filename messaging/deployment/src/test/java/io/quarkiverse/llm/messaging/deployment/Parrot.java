package io.quarkiverse.llm.messaging.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.smallrye.mutiny.Multi;

/** A provider of the application that says what the user said. */
@ApplicationScoped
@LlmClient("parrot")
class Parrot implements LlmProvider {

    @Override
    public String name() {
        return "parrot";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return Multi.createFrom().deferred(() -> Multi.createFrom().iterable(events(word(request))));
    }

    /** What is said to this request. */
    String word(LlmRequest request) {
        return ((Message) request.input().get(0)).text();
    }

    private static List<LlmEvent> events(String text) {
        Message message = Message.assistant(text).withId("msg");
        LlmResponse response = LlmResponse.builder().id("resp").model("parrot").createdAt(Instant.EPOCH).item(message).build();
        return List.of(
                new LlmEvent.ResponseStarted(response.id(), response.model(), response.createdAt()),
                new LlmEvent.ItemStarted("msg", 0, Message.of(Role.ASSISTANT, List.of()).withId("msg")),
                new LlmEvent.TextDelta("msg", 0, 0, text, Optional.empty()),
                new LlmEvent.ItemComplete("msg", 0, message),
                new LlmEvent.ResponseCompleted(response));
    }
}
