package io.quarkiverse.llm.guides;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;
import io.smallrye.mutiny.subscription.Cancellable;

/** Follows an answer as it comes. */
@ApplicationScoped
public class Following {

    private final LlmProvider llm;

    Following(@LlmClient LlmProvider llm) {
        this.llm = llm;
    }

    // tag::follow[]
    Cancellable follow(LlmRequest request, Page page) {
        return llm.stream(request).subscribe().with( // <1>
                event -> show(event, page),
                failure -> page.failed(failure.getMessage()));
    }

    private static void show(LlmEvent event, Page page) {
        if (event instanceof TextDelta text) {
            page.text(text.delta());
        } else if (event instanceof ReasoningDelta reasoning) {
            page.reasoning(reasoning.delta());
        } else if (event instanceof ToolCallStart start) {
            page.toolCall(start.callId(), start.name());
        } else if (event instanceof ToolCallArgumentsDelta arguments) {
            page.arguments(arguments.callId(), arguments.delta()); // <2>
        } else if (event instanceof ToolCallComplete complete) {
            page.complete(complete.call()); // <3>
        } else if (event instanceof ResponseCompleted completed) {
            completed.response().usage().ifPresent(page::usage);
        }
    }
    // end::follow[]

    /** What shows an answer. */
    interface Page {

        void text(String delta);

        void reasoning(String delta);

        void toolCall(String callId, String tool);

        void arguments(String callId, String delta);

        void complete(ToolCall call);

        void usage(Usage usage);

        void failed(String message);
    }
}
