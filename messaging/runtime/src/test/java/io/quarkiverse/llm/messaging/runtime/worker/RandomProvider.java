package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmOverloadedException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;

/** Answers, fails, breaks off and is silent at random, from threads of its own. */
final class RandomProvider {

    /** A stream begins or ends. */
    record Step(String correlationId, boolean begins) {
    }

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(3, task -> {
        Thread thread = new Thread(task, "random-provider");
        thread.setDaemon(true);
        return thread;
    });

    private final Random random;
    private final Consumer<String> cancel;
    private final List<Step> steps = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    /**
     * @param cancel what the caller does when nothing comes, with the correlation id, which is the text of the request
     */
    RandomProvider(long seed, Consumer<String> cancel) {
        random = new Random(seed);
        this.cancel = cancel;
    }

    int mostRunning() {
        return mostRunning.get();
    }

    List<Step> steps() {
        return steps;
    }

    Multi<LlmEvent> stream(LlmRequest request) {
        String id = ((Message) request.input().get(0)).text();
        int deltas;
        int end;
        synchronized (random) {
            deltas = random.nextInt(6);
            end = random.nextInt(10);
        }
        if (end == 0) {
            throw new IllegalStateException("broken");
        }
        Stream stream = new Stream(id);
        return Multi.createFrom().<LlmEvent> emitter(emitter -> {
            stream.begin();
            THREADS.execute(() -> answer(id, deltas, end, emitter, stream::end));
        }).onTermination().invoke(stream::end);
    }

    /** A cancel may come before the stream has begun, which then never does. */
    private final class Stream {

        private final String id;
        private boolean begun;
        private boolean over;

        Stream(String id) {
            this.id = id;
        }

        synchronized void begin() {
            if (!over) {
                begun = true;
                mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                steps.add(new Step(id, true));
            }
        }

        synchronized void end() {
            if (begun && !over) {
                running.decrementAndGet();
                steps.add(new Step(id, false));
            }
            over = true;
        }
    }

    private void answer(String id, int deltas, int end, MultiEmitter<? super LlmEvent> emitter, Runnable ended) {
        for (int i = 0; i < deltas; i++) {
            emitter.emit(SteeredProvider.delta("x"));
        }
        if (end == 1) {
            cancel.accept(id);
            return;
        }
        ended.run();
        switch (end) {
            case 2 -> emitter.fail(new LlmOverloadedException("busy", LlmErrorDetails.of("random")));
            case 3 -> emitter.fail(new LlmBadRequestException("no", LlmErrorDetails.of("random")));
            case 4 -> emitter.complete();
            default -> {
                emitter.emit(new LlmEvent.ResponseCompleted(SteeredProvider.response()));
                emitter.complete();
            }
        }
    }
}
