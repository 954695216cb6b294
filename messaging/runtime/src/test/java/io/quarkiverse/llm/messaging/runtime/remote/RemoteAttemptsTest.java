package io.quarkiverse.llm.messaging.runtime.remote;

import static io.quarkiverse.llm.messaging.runtime.remote.Pool.completed;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.itemStarted;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.started;
import static io.quarkiverse.llm.messaging.runtime.remote.Pool.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;

/** Which of the attempts at an answer the subscriber sees. */
class RemoteAttemptsTest {

    @Test
    void aNewAttemptTakesThePlaceOfOneWithoutContent() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        Pool.Attempt old = pool.attempt(1, "first").send(started(1), itemStarted());
        pool.attempt(2, "second").answer("new");
        old.send(text("late"));
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(2), text("new"), completed("new"));
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void ofTwoWorkersWithTheSameNumberTheLaterOneIsNew() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        Pool.Attempt old = pool.attempt(1, "first").send(started(3), itemStarted());
        Pool.Attempt next = pool.attempt(1, "second").send(started(2));
        old.send(text("late"));
        next.send(text("new"), completed("new"));
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(2), text("new"), completed("new"));
    }

    @Test
    void aWorkerThatIsHeardLateDoesNotTakeThePlaceOfItsSuccessor() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        Pool.Attempt successor = pool.attempt(2, "second").send(started(2));
        Pool.Attempt late = pool.attempt(1, "first").send(started(1), text("late"));
        successor.send(text("new"));
        late.send(text("er"));
        successor.send(completed("new"));
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(2), text("new"), completed("new"));
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void theFirstWholeAnswerIsTakenWhileTheNewestHasNoContent() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        Pool.Attempt old = pool.attempt(1, "first").send(started(1), itemStarted());
        pool.attempt(2, "second").send(started(2));
        old.send(text("old"), completed("old"));
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(1), itemStarted(), text("old"), completed("old"));
    }

    @Test
    void aWorkerThatKnowsOfFewerAttemptsAnswersForOneThatDied() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt(3, "first").send(started(3), itemStarted());
        pool.attempt(1, "second").answer("new");
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(1), text("new"), completed("new"));
    }

    @Test
    void aWorkerThatKnowsOfFewerAttemptsFailsForOneThatDied() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt(3, "first").send(started(3));
        pool.attempt(1, "second").send(started(1)).fail(new LlmRateLimitException("slow down", LlmErrorDetails.of("openai")));
        assertThat(listener.failure(LlmRateLimitException.class)).hasMessage("slow down");
    }

    @Test
    void theWholeAnswerOfAWorkerThatKnowsOfFewerAttemptsTellsThatOneDiedInItsContent() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt(3, "first").send(started(3), text("old"));
        listener.sees(2);
        pool.attempt(1, "second").answer("new");
        assertThat(listener.failure(LlmTruncatedStreamException.class).isRetryable()).isTrue();
        assertThat(listener.text()).isEqualTo("old");
    }

    @Test
    void theFailureOfAnAttemptThatHasASuccessorIsNotTheAnswer() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        Pool.Attempt old = pool.attempt(1, "first").send(started(1));
        Pool.Attempt next = pool.attempt(2, "second").send(started(2));
        old.fail(new LlmRateLimitException("slow down", LlmErrorDetails.of("openai")));
        next.send(text("new"), completed("new"));
        assertThat(listener.end()).isEqualTo("complete");
    }

    @Test
    void whatIsKeptOfAnOlderAttemptDoesNotHideTheSilenceOfTheNewest() {
        Pool pool = new Pool(Map.of("idle-timeout", "50ms"));
        Listener listener = pool.subscribe();
        Pool.Attempt old = pool.attempt(1, "first").send(started(1));
        pool.attempt(2, "second").send(started(2));
        old.send(text("old"));
        assertThat(listener.failure(LlmTimeoutException.class).limit()).isEqualTo(Limit.IDLE);
    }

    @Test
    void aWorkerThatBeginsAgainIsNewOnlyWithAGreaterNumber() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt(2, "first").send(started(2));
        pool.attempt(2, "second").send(started(2));
        pool.attempt(1, "first").answer("older");
        pool.attempt(3, "first").answer("newest");
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.text()).isEqualTo("newest");
    }

    @Test
    void aNewAttemptAfterContentIsARetryableFailureAndCancelsTheRest() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt(1, "first").send(started(1), text("old"));
        listener.sees(2);
        pool.attempt(2, "second").answer("new");
        LlmTruncatedStreamException failure = listener.failure(LlmTruncatedStreamException.class);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.provider()).contains("pool");
        assertThat(listener.text()).isEqualTo("old");
        assertThat(pool.cancels).singleElement()
                .satisfies(cancel -> assertThat(cancel.headers().key()).isEqualTo(pool.requests.get(0).headers().key()));
    }

    @Test
    void contentThatNobodyAskedForYetDoesNotKeepAnAttempt() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe(Pool.REQUEST, new Listener(0));
        pool.attempt(1, "first").send(started(1), text("old"));
        pool.attempt(2, "second").answer("new");
        listener.subscription.request(10);
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.text()).isEqualTo("new");
    }

    @Test
    void aMissingEventIsARetryableFailure() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), text("a")).lose(2).send(text("d"));
        assertThat(listener.failure(LlmTruncatedStreamException.class)).hasMessageContaining("events 2 to 3");
        assertThat(listener.text()).isEqualTo("a");
        assertThat(pool.cancels).hasSize(1);
    }

    @Test
    void aFailureInTheMiddleHasWhatHadArrived() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), text("a"), new LlmEvent.ItemComplete("item", 0, Message.assistant("ab")),
                new LlmEvent.TextDelta("other", 1, 0, "c", Optional.empty())).lose(1).send(text("d"));
        LlmResponse partial = listener.failure(LlmTruncatedStreamException.class).partial().orElseThrow();
        assertThat(partial.id()).isEqualTo("response-1");
        assertThat(partial.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(partial.text()).isEqualTo("abc");
    }

    @Test
    void aFailureInThePlaceOfAnEventThatIsThereAllTheSameIsTheEnd() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1), text("a")).unwritten()
                .fail(new LlmRateLimitException("slow down", LlmErrorDetails.of("openai")));
        assertThat(listener.failure(LlmRateLimitException.class)).hasMessage("slow down");
        assertThat(listener.text()).isEqualTo("a");
        assertThat(pool.cancels).isEmpty();
    }

    @Test
    void ofAnAnswerLargerThanWhatMayWaitAFailureHasNothing() {
        Pool pool = new Pool(Map.of("max-waiting-size", "2K"));
        Listener listener = pool.subscribe();
        Pool.Attempt attempt = pool.attempt().send(started(1));
        for (int i = 0; i < 5; i++) {
            attempt.send(text("0123456789".repeat(50)));
            listener.sees(i + 2);
        }
        attempt.lose(1).send(text("last"));
        assertThat(listener.failure(LlmTruncatedStreamException.class).partial()).isEmpty();
    }

    @Test
    void aRepeatedEventIsDropped() {
        Pool pool = new Pool();
        Listener listener = pool.subscribe();
        pool.attempt().send(started(1)).repeat(started(1)).send(text("a")).repeat(text("a")).send(completed("a"));
        assertThat(listener.end()).isEqualTo("complete");
        assertThat(listener.events).containsExactly(started(1), text("a"), completed("a"));
    }
}
