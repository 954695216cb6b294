package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;

/** The last messages of a request on their way. All of it on the worker's context. */
final class Ending {

    private final Engine engine;
    private final MessageHeaders headers;
    private final LongSupplier sequence;
    private final Outstanding writes;

    /**
     * @param headers of the attempt
     * @param sequence tells the number of what takes the place of the last event
     * @param done called once, with the reason when not all could be written, else with {@code null}
     */
    Ending(Engine engine, MessageHeaders headers, LongSupplier sequence, Consumer<Throwable> done) {
        this.engine = engine;
        this.headers = headers;
        this.sequence = sequence;
        writes = new Outstanding(refusal -> engine.run(() -> done.accept(refusal)));
    }

    /** All its events are written. */
    void answer(LlmResponse response) {
        writes.add();
        engine.outboxes().responses().send(new LlmMessage.Response(headers, response), this::responseWritten);
        writes.close();
    }

    private void responseWritten(Throwable refusal) {
        if (refusal == null) {
            writes.written(null);
        } else {
            // a failure in its place, so that nobody waits; the events are as they are
            engine.run(() -> engine.outboxes().responses().send(
                    failure(engine.failures().unwritable(headers.correlationId(), refusal)), writes::written));
        }
    }

    /** The answer is lost, and another attempt must come: an event is missing in front of its end. */
    void lose(Throwable refusal) {
        writes.add();
        writes.written(refusal);
        writes.close();
    }

    /** There is no answer. */
    void fail(LlmException cause) {
        tell(cause, writes);
        writes.close();
    }

    /**
     * There is no answer, and nobody will try again.
     *
     * @param mustTell whether it is not enough when only the dead letter can be written
     */
    void deadLetter(Message<?> message, String reason, LlmException cause, boolean mustTell) {
        writes.add();
        Outstanding told = new Outstanding(refusal -> {
            if (refusal == null) {
                engine.deadLetter(headers, reason, message, writes);
            } else if (!mustTell) {
                engine.deadLetter(headers, Poison.untold(reason, refusal), message, writes);
            }
            // else it comes again, and its dead letter then: one is enough
            writes.written(mustTell ? refusal : null);
        });
        tell(cause, told);
        told.close();
        writes.close();
    }

    private void tell(LlmException cause, Outstanding told) {
        told.add();
        told.add();
        LlmMessage.Failure failure = failure(cause);
        engine.outboxes().events().send(failure, told::written);
        engine.outboxes().responses().send(failure, told::written);
    }

    private LlmMessage.Failure failure(LlmException cause) {
        return new LlmMessage.Failure(headers.withSequence(sequence.getAsLong()), cause);
    }
}
