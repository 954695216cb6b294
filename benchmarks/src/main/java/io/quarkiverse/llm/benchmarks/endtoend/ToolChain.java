package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Tool;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * A conversation in which the model calls a tool in each turn and gets an output of 4 KiB in the next. Each turn is begun
 * where the one before it ended, on an event loop.
 */
final class ToolChain {

    static final int TURNS = 30;
    static final Pattern NAME = Pattern.compile("chain\\d+");
    /** The turns that are measured are this one and those after it. */
    static final int FIRST_MEASURED = 20;
    private static final String OUTPUT = "0123456789abcde\n".repeat(256);

    private final LlmProvider provider;
    private final String name;
    private LlmRequest request;
    private int turn = 1;
    private Context context;
    private LlmResponse response;

    /**
     * @param name which no other one has, as no two agents ask the same
     */
    ToolChain(LlmProvider provider, String name) {
        this.provider = provider;
        this.name = name;
        this.request = LlmRequest.builder().model("gpt-5-mini").store(false)
                .instructions("Use the tools to find out what is asked. Be brief.")
                .tool(Tool.function("read_file", "Reads a file of the workspace"))
                .tool(Tool.function("list_files", "The files of a folder of the workspace")).user(name).build();
    }

    /**
     * Runs the turns up to this one.
     *
     * @param over is told of the end, with {@code null} or a failure
     */
    void run(int lastTurn, Consumer<Throwable> over) {
        if (context == null) {
            next(lastTurn, over);
        } else {
            context.runOnContext(there -> next(lastTurn, over));
        }
    }

    private void next(int lastTurn, Consumer<Throwable> over) {
        provider.stream(request).subscribe().with(this::take, over, () -> ended(lastTurn, over));
    }

    private void take(LlmEvent event) {
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            response = completed.response();
        }
    }

    private void ended(int lastTurn, Consumer<Throwable> over) {
        context = Vertx.currentContext();
        String callId = response.toolCalls().get(0).callId();
        if (!callId.equals(callId(name, turn))) {
            over.accept(new IllegalStateException("The server answered turn " + turn + " with " + callId));
            return;
        }
        request = request.toBuilder().append(response).toolOutput(callId, OUTPUT).build();
        if (turn++ == lastTurn) {
            over.accept(null);
        } else {
            next(lastTurn, over);
        }
    }

    /** Of the call that the model makes in this turn of that chain, from 1. */
    static String callId(String chain, int turn) {
        return "call_" + chain + "_" + turn;
    }
}
