package io.quarkiverse.llm.quickstart;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.smallrye.mutiny.Multi;

/**
 * A tool loop, written out: stream an answer; when it asks for tools, execute them and ask again with their outputs.
 */
@ApplicationScoped
public class Conversation {

    static final int MOST_ROUNDS = 5;

    private static final String INSTRUCTIONS = "You are a friendly assistant. Answer briefly and in plain text.";

    @Inject
    @LlmClient
    LlmProvider llm;

    @Inject
    WeatherTool weather;

    Multi<ChatEvent> goOn(List<Item> history) {
        return round(1, LlmRequest.builder().instructions(INSTRUCTIONS).input(history).tool(WeatherTool.TOOL).build());
    }

    private Multi<ChatEvent> round(int number, LlmRequest request) {
        return llm.stream(request).onItem().transformToMultiAndConcatenate(event -> {
            Multi<ChatEvent> shown = Multi.createFrom().item(new ChatEvent.FromProvider(event));
            if (event instanceof ResponseCompleted completed && !completed.response().toolCalls().isEmpty()) {
                return Multi.createBy().concatenating().streams(shown, executeAndGoOn(number, request, completed.response()));
            }
            return shown;
        });
    }

    private Multi<ChatEvent> executeAndGoOn(int number, LlmRequest request, LlmResponse response) {
        if (number == MOST_ROUNDS) {
            return Multi.createFrom().item(new ChatEvent.Failure("Stopped after " + MOST_ROUNDS + " rounds of tool calls"));
        }
        // This runs on an event loop. A tool that blocks, say on a database, must move to a worker thread first.
        List<ToolOutput> outputs = response.toolCalls().stream().map(this::execute).toList();
        LlmRequest next = request.toBuilder().append(response).items(outputs).build();
        return Multi.createBy().concatenating().streams(
                Multi.createFrom().iterable(outputs).map(ChatEvent.ToolResult::new),
                Multi.createFrom().deferred(() -> round(number + 1, next)));
    }

    private ToolOutput execute(ToolCall call) {
        String output = call.name().equals(WeatherTool.TOOL.name())
                ? weather.execute(call.arguments())
                : "There is no tool named " + call.name();
        return ToolOutput.of(call, output);
    }
}
