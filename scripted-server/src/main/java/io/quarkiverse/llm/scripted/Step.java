package io.quarkiverse.llm.scripted;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.vertx.core.json.JsonObject;

/** One step of a scripted answer, in the order in which the model would produce it. */
sealed interface Step {

    /** A piece of one of the three texts of a message. */
    record Delta(Channel channel, String text) implements Step {
    }

    /** A tool call begins; calls are numbered from 0 in the order of their starts. */
    record ToolCallStart(String id, String name) implements Step {
    }

    /** A piece of the arguments of the call with this number. */
    record Arguments(int call, String fragment) implements Step {
    }

    /** Nothing is sent for a while. */
    record Pause(Duration duration) implements Step {
    }

    /** Nothing is sent until this completes. */
    record Hold(CompletionStage<?> released) implements Step {
    }

    /** A whole output item of the Responses API. */
    record Item(JsonObject json) implements Step {
    }

    /** A chunk, or event of the Responses API, that goes out as it is. */
    record Chunk(JsonObject json) implements Step {
    }

    /** The server fails in the middle: an error frame, and nothing but the end of the stream after it. */
    record ErrorFrame(JsonObject json) implements Step {
    }

    enum Channel {
        CONTENT,
        REASONING,
        REFUSAL
    }
}
