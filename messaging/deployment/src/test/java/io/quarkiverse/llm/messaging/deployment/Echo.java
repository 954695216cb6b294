package io.quarkiverse.llm.messaging.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.smallrye.mutiny.Multi;

/** Answers with the question. */
@LlmClient("echo")
@ApplicationScoped
public class Echo implements LlmProvider {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        String text = ((Message) request.input().get(0)).text();
        String model = request.model().orElse("echo-1");
        return Multi.createFrom().items(new LlmEvent.ResponseStarted("response", model, Instant.EPOCH),
                new LlmEvent.TextDelta("item", 0, 0, text, Optional.empty()),
                new LlmEvent.ResponseCompleted(LlmResponse.builder().id("response").model(model).createdAt(Instant.EPOCH)
                        .status(ResponseStatus.COMPLETED).finishReason(FinishReason.STOP)
                        .items(List.of(Message.assistant(text))).build()));
    }
}
