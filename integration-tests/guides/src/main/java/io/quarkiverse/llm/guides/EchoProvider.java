package io.quarkiverse.llm.guides;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.smallrye.mutiny.Multi;

// tag::echo[]
@ApplicationScoped
@LlmClient("echo")
public class EchoProvider implements LlmProvider {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        return Multi.createFrom().deferred(() -> Multi.createFrom().iterable(events(lastWords(request)))); // <1>
    }

    private static List<LlmEvent> events(String text) {
        String id = "msg_" + UUID.randomUUID();
        Message message = Message.assistant(text).withId(id);
        LlmResponse response = LlmResponse.builder().id("resp_" + UUID.randomUUID()).model("echo").createdAt(Instant.now())
                .item(message).build();
        return List.of(
                new LlmEvent.ResponseStarted(response.id(), response.model(), response.createdAt()),
                new LlmEvent.ItemStarted(id, 0, Message.of(Role.ASSISTANT, List.of()).withId(id)),
                new LlmEvent.TextDelta(id, 0, 0, text, Optional.empty()), // <2>
                new LlmEvent.ItemComplete(id, 0, message),
                new LlmEvent.ResponseCompleted(response)); // <3>
    }
    // end::echo[]

    private static String lastWords(LlmRequest request) {
        List<Item> input = request.input();
        return !input.isEmpty() && input.get(input.size() - 1) instanceof Message message ? message.text() : "";
    }
}
