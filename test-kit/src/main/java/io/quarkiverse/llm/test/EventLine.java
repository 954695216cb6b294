package io.quarkiverse.llm.test;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseParsed;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmEvent.ToolCallStart;
import io.quarkiverse.llm.LlmEvent.UnknownEvent;

/** An event in a failure message: its type and what one looks for. */
final class EventLine {

    private EventLine() {
    }

    static String of(LlmEvent event) {
        return "  " + event.getClass().getSimpleName() + content(event);
    }

    private static String content(LlmEvent event) {
        if (event instanceof TextDelta text) {
            return " " + text.delta();
        } else if (event instanceof ReasoningDelta reasoning) {
            return " " + reasoning.delta();
        } else if (event instanceof ToolCallStart start) {
            return " " + start.name() + " (" + start.callId() + ")";
        } else if (event instanceof ToolCallArgumentsDelta arguments) {
            return " " + arguments.delta() + " (" + arguments.callId() + ")";
        } else if (event instanceof ToolCallComplete complete) {
            return " " + complete.call().name() + " " + complete.call().arguments() + " (" + complete.call().callId() + ")";
        } else if (event instanceof ResponseParsed<?> parsed) {
            return " " + parsed.value();
        } else if (event instanceof ResponseCompleted completed) {
            return " " + completed.response().status();
        }
        return event instanceof UnknownEvent unknown ? " " + unknown.type() : "";
    }
}
