package io.quarkiverse.llm.deployment.structured;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.smallrye.mutiny.Multi;

/** Answers with what it was told, and keeps the schema. */
@ApplicationScoped
@LlmClient
class Echo implements LlmProvider {

    private volatile String schema;

    String schema() {
        return schema;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        schema = ((OutputFormat.JsonSchema) request.outputFormat().orElseThrow()).schema().text();
        String told = ((Message) request.input().get(0)).text();
        return Multi.createFrom().item(new LlmEvent.ResponseCompleted(LlmResponse.builder().id("r").model("m")
                .createdAt(Instant.EPOCH).item(Message.assistant(told)).build()));
    }

    /** Here the build does not see the type. */
    <T> T ask(String answer, Class<T> type) {
        return parseAndAwait(LlmRequest.of(answer), type);
    }
}
