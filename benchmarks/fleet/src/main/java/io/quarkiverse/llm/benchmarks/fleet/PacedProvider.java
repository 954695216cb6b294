package io.quarkiverse.llm.benchmarks.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Answers in so many deltas, each so many milliseconds after the one before: the model is {@code COUNT-MILLIS}. They are
 * stamped when a server's bytes would arrive: before they get their turn on the event loop.
 */
@ApplicationScoped
@LlmClient(PacedProvider.NAME)
public class PacedProvider implements LlmProvider {

    static final String NAME = "paced";

    private final Vertx vertx;
    private final Pacer pacer = new Pacer(NAME);

    PacedProvider(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        String[] work = request.model().orElseThrow().split("-");
        return Multi.createFrom().emitter(emitter -> new Answer(emitter, vertx.getOrCreateContext(),
                Integer.parseInt(work[0])).begin(Integer.parseInt(work[1])), BackPressureStrategy.BUFFER);
    }

    private final class Answer {

        private final String id = "msg_" + UUID.randomUUID();
        private final MultiEmitter<? super LlmEvent> emitter;
        private final Context context;
        private int left;
        private volatile boolean cancelled;

        Answer(MultiEmitter<? super LlmEvent> emitter, Context context, int deltas) {
            this.emitter = emitter;
            this.context = context;
            this.left = deltas;
            emitter.onTermination(() -> cancelled = true);
        }

        void begin(int interval) {
            emitter.emit(new LlmEvent.ResponseStarted("resp_" + id, NAME, Instant.now()));
            emitter.emit(new LlmEvent.ItemStarted(id, 0, Message.of(Role.ASSISTANT, List.of()).withId(id)));
            pacer.every(interval, this::next);
        }

        private boolean next() {
            if (cancelled) {
                return false;
            }
            String stamp = Stamp.now();
            boolean last = --left == 0;
            context.runOnContext(turn -> {
                emitter.emit(delta(id, stamp));
                if (last) {
                    end();
                }
            });
            return !last;
        }

        private void end() {
            Message message = Message.assistant("The text of a benchmark is not looked at.").withId(id);
            LlmResponse response = LlmResponse.builder().id("resp_" + id).model(NAME).createdAt(Instant.now()).item(message)
                    .build();
            emitter.emit(new LlmEvent.ItemComplete(id, 0, message));
            emitter.emit(new LlmEvent.ResponseCompleted(response));
            emitter.complete();
        }
    }

    static LlmEvent delta(String id, String text) {
        return new LlmEvent.TextDelta(id, 0, 0, text, Optional.empty());
    }
}
