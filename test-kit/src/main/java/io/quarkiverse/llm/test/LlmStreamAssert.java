package io.quarkiverse.llm.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;

/** Assertions on a stream. Each that speaks of its end subscribes, which is a request of its own, and waits for the end. */
public final class LlmStreamAssert extends AbstractAssert<LlmStreamAssert, Multi<LlmEvent>> {

    private Duration atMost = Duration.ofSeconds(10);

    LlmStreamAssert(Multi<LlmEvent> actual) {
        super(actual, LlmStreamAssert.class);
    }

    /** How long to wait for the end; 10 seconds unless said. */
    public LlmStreamAssert within(Duration limit) {
        atMost = limit;
        return this;
    }

    /** It ends without a failure. */
    public LlmEventsAssert completes() {
        isNotNull();
        Outcome outcome = await();
        if (outcome.failure() != null) {
            AssertionError error = failure("Expected the stream to complete, but it failed with%n  %s%nafter%n%s",
                    outcome.failure(), outcome.listed());
            error.initCause(outcome.failure());
            throw error;
        }
        return new LlmEventsAssert(outcome.events());
    }

    /** It fails with an exception of this type. */
    public LlmExceptionAssert failsWith(Class<? extends LlmException> type) {
        isNotNull();
        Outcome outcome = await();
        if (outcome.failure() == null) {
            throw failure("Expected the stream to fail with a %s, but it completed with%n%s", type.getSimpleName(),
                    outcome.listed());
        } else if (!type.isInstance(outcome.failure())) {
            AssertionError error = failure("Expected the stream to fail with a %s, but it failed with%n  %s",
                    type.getSimpleName(), outcome.failure());
            error.initCause(outcome.failure());
            throw error;
        }
        return new LlmExceptionAssert((LlmException) outcome.failure());
    }

    /** What came, and the failure that ended it, if one did. */
    private record Outcome(List<LlmEvent> events, Throwable failure) {

        String listed() {
            return events.isEmpty() ? "  (no events)" : events.stream().map(EventLine::of).collect(Collectors.joining("\n"));
        }
    }

    private Outcome await() {
        List<LlmEvent> events = new CopyOnWriteArrayList<>();
        try {
            Throwable failure = actual.invoke(events::add).onItem().ignoreAsUni().<Throwable> replaceWith(() -> null)
                    .onFailure().recoverWithItem(cause -> cause).await().atMost(atMost);
            return new Outcome(events, failure);
        } catch (TimeoutException e) {
            throw failure("Expected the stream to end within %s, but it had not after%n%s", atMost,
                    new Outcome(events, null).listed());
        }
    }
}
