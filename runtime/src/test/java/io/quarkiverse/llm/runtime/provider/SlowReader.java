package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;

/** Asks for a few events at a time, so that demand and end meet in every order. */
final class SlowReader implements Flow.Subscriber<LlmEvent> {

    private final Random random;
    private final List<LlmEvent> events = new ArrayList<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private int asked;

    private SlowReader(Random random) {
        this.random = new Random(random.nextLong());
    }

    static SlowReader read(LlmProvider provider, LlmRequest request, Random random) {
        SlowReader reader = new SlowReader(random);
        provider.stream(request).subscribe(reader);
        try {
            reader.end.get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("The stream hangs", e);
        }
        return reader;
    }

    /** The events of a stream that must end well. */
    static List<LlmEvent> whole(LlmProvider provider, LlmRequest request, Random random) {
        SlowReader reader = read(provider, request, random);
        assertThat(reader.failure()).isNull();
        return reader.events();
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        ask();
    }

    private void ask() {
        asked = 1 + random.nextInt(3);
        subscription.request(asked);
    }

    @Override
    public void onNext(LlmEvent event) {
        events.add(event);
        if (--asked == 0) {
            ask();
        }
    }

    @Override
    public void onError(Throwable failure) {
        assertThat(end.complete(failure)).as("one end").isTrue();
    }

    @Override
    public void onComplete() {
        assertThat(end.complete(null)).as("one end").isTrue();
    }

    List<LlmEvent> events() {
        return events;
    }

    Throwable failure() {
        return end.join();
    }
}
