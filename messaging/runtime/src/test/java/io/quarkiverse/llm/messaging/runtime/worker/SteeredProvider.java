package io.quarkiverse.llm.messaging.runtime.worker;

import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** A provider as an application may have one, whose every signal the test decides. */
final class SteeredProvider implements LlmProvider {

    /** One stream. */
    final class Call {

        final LlmRequest request;
        final Context context = Vertx.currentContext();
        final AtomicLong requested = new AtomicLong();
        volatile MultiEmitter<? super LlmEvent> emitter;
        volatile boolean cancelled;
        private final AtomicBoolean ended = new AtomicBoolean();

        Call(LlmRequest request) {
            this.request = request;
        }

        Call text(String delta) {
            emitter.emit(delta(delta));
            return this;
        }

        void answer(String text) {
            text(text);
            complete();
        }

        void complete() {
            // before the worker hears of it, which may begin the next one then
            end();
            emitter.emit(new LlmEvent.ResponseCompleted(response()));
            emitter.complete();
        }

        void fail(Throwable failure) {
            end();
            emitter.fail(failure);
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                running.decrementAndGet();
            }
        }
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    volatile Function<LlmRequest, Multi<LlmEvent>> instead;

    @Override
    public String name() {
        return "steered";
    }

    @Override
    public Multi<LlmEvent> stream(LlmRequest request) {
        if (instead != null) {
            return instead.apply(request);
        }
        Call call = new Call(request);
        return Multi.createFrom().<LlmEvent> emitter(emitter -> {
            call.emitter = emitter;
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            calls.add(call);
        }).onRequest().invoke(call.requested::addAndGet)
                .onCancellation().invoke(() -> call.cancelled = true)
                .onTermination().invoke(call::end);
    }

    /** The stream with this number, counted from 0; waits for it. */
    Call call(int number) {
        await().until(() -> calls.size() > number);
        return calls.get(number);
    }

    /** The latest stream of the request with this text; waits for it. */
    Call call(String text) {
        LlmRequest request = LlmRequest.of(text);
        await().until(() -> calls.stream().anyMatch(call -> call.request.equals(request)));
        return calls.stream().filter(call -> call.request.equals(request)).reduce((one, later) -> later).orElseThrow();
    }

    List<Call> calls() {
        return calls;
    }

    int mostRunning() {
        return mostRunning.get();
    }

    static LlmEvent delta(String text) {
        return new LlmEvent.TextDelta("msg", 0, 0, text, Optional.empty());
    }

    static LlmResponse response() {
        return LlmResponse.builder().id("resp").model("m").createdAt(Instant.EPOCH).build();
    }
}
