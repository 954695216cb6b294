package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.EventLine;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.WireError;
import io.quarkiverse.llm.runtime.wire.WireEventSink;

/** Writes the events of one answer as a server of Chat Completions sends them. */
final class ChatEventEncoder implements EventEncoder {

    private static final Usage UNKNOWN = Usage.of(0, 0);

    private final ReceivedRequest request;
    private final ReasoningField reasoning;
    private final EventLine line;
    /** {@code null} until the answer has begun. */
    private ChunkOutput out;
    private ChoiceEncoder choice;
    private boolean complete;
    private final Consumer<LlmEvent> inTurn = new OneAtATime(Message.class, new OneAtATime(Reasoning.class, this::write));

    ChatEventEncoder(ReceivedRequest request, ReasoningField reasoning, WireEventSink sink) {
        this.request = request;
        this.reasoning = reasoning;
        this.line = new EventLine(sink);
    }

    @Override
    public void begin(ResponseStarted start) {
        if (out == null && !complete) {
            out = new ChunkOutput(line, start, request.includeUsage());
            choice = new ChoiceEncoder(out, reasoning);
            out.delta(json -> {
                json.writeStringField("role", "assistant");
                json.writeStringField("content", "");
                json.writeNullField("refusal");
            });
        }
    }

    @Override
    public void accept(LlmEvent event) {
        if (complete) {
            // what was under way when the answer failed
            return;
        }
        inTurn.accept(event);
    }

    private void write(LlmEvent event) {
        if (event instanceof ResponseStarted start) {
            begin(start);
        } else if (event instanceof ItemComplete whole) {
            choice().whole(whole.outputIndex(), whole.item());
        } else if (event instanceof OfItem ofItem) {
            choice().accept(ofItem);
        } else if (event instanceof ResponseCompleted completed) {
            end(completed.response());
        }
    }

    /** For a source that does not announce its answer. */
    private ChoiceEncoder choice() {
        if (choice == null) {
            begin(new ResponseStarted("", request.request().model().orElse(""), Instant.now()));
        }
        return choice;
    }

    private void end(LlmResponse response) {
        ChoiceEncoder ending = choice();
        for (int i = 0; i < response.output().size(); i++) {
            ending.whole(i, response.output().get(i));
        }
        complete = true;
        out.finish(CompletionForm.finishReason(response), response.serviceTier());
        if (request.includeUsage()) {
            // clients that asked for it count on it
            out.usage(response.usage().orElse(UNKNOWN), response.serviceTier());
        }
    }

    /** There is no event that says nothing: a comment of the stream does. */
    @Override
    public boolean keepAlive() {
        return false;
    }

    /** As vLLM tells it; official clients throw at any event with an {@code error}. */
    @Override
    public void fail(LlmException failure) {
        if (complete) {
            return;
        }
        complete = true;
        WireError error = WireError.of(failure);
        JsonGenerator json = line.json();
        try {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", error.message());
            json.writeStringField("type", error.type());
            json.writeStringField("param", error.param().orElse(null));
            json.writeStringField("code", error.code());
            json.writeEndObject();
            json.writeEndObject();
            line.send("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }
}
