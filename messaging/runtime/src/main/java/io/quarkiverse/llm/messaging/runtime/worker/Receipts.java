package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.messaging.DeadLetterException;

/** Counts the messages that were taken from the channel until their connector knows what became of them. On one context. */
final class Receipts {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    private final Consumer<Runnable> context;
    private final Consumer<Message<?>> unconcluded;
    private final List<Runnable> whenNone = new ArrayList<>();
    private int open;

    /**
     * @param context takes what is to be done there
     * @param unconcluded takes what the connector would not hear, on any thread
     */
    Receipts(Consumer<Runnable> context, Consumer<Message<?>> unconcluded) {
        this.context = context;
        this.unconcluded = unconcluded;
    }

    void taken() {
        open++;
    }

    void acknowledge(Message<?> message) {
        conclude(message, message::ack, "acknowledged");
    }

    /** What the connector does with it is told by its failure strategy. */
    void refuse(Message<?> message, Optional<String> correlationId, Throwable reason) {
        // who put it to the dead letters has said so
        LOG.logf(reason instanceof DeadLetterException ? Logger.Level.DEBUG : Logger.Level.WARN,
                "%s is refused, so that its connector decides what becomes of it: %s",
                correlationId.map(id -> "The request '" + id + "'").orElse("A message"), reason);
        conclude(message, () -> message.nack(reason), "refused");
    }

    private void conclude(Message<?> message, Supplier<CompletionStage<Void>> action, String what) {
        outcome(action).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warnf("A request is finished but could not be %s, so that it may come again: %s", what, failure);
                unconcluded.accept(message);
            }
            context.accept(this::settled);
        });
    }

    /** What the connector makes of it, even if it throws or says nothing. */
    static CompletionStage<Void> outcome(Supplier<CompletionStage<Void>> action) {
        try {
            CompletionStage<Void> outcome = action.get();
            // nothing to wait for
            return outcome == null ? CompletableFuture.completedFuture(null) : outcome;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One of them is concluded, or given back without a word. */
    void settled() {
        open--;
        if (open == 0) {
            List<Runnable> waiting = List.copyOf(whenNone);
            whenNone.clear();
            waiting.forEach(Runnable::run);
        }
    }

    /** Calls back when there is none open, at once if so. */
    void whenNone(Runnable action) {
        if (open == 0) {
            action.run();
        } else {
            whenNone.add(action);
        }
    }
}
