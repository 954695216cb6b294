package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The parts of a worker, each by itself. */
class WorkerPartsTest {

    @Test
    void whoLeavesTheMiddleOfAConversationGivesNobodyTheTurn() {
        Conversations<String> lines = new Conversations<>();
        assertThat(lines.enter("c", "a")).isTrue();
        assertThat(lines.enter("c", "b")).isFalse();
        assertThat(lines.enter("c", "d")).isFalse();
        assertThat(lines.leave("c", "b")).isEmpty();
        assertThat(lines.leave("c", "a")).contains("d");
        assertThat(lines.leave("c", "d")).isEmpty();
        assertThat(lines.size()).isZero();
    }

    @Test
    void whoMissesOneKeyClaimsNone() {
        Claims<String> claims = new Claims<>();
        assertThat(claims.claim(Set.of("k"), "a")).isTrue();
        assertThat(claims.claim(Set.of("k", "other"), "b")).isFalse();
        assertThat(claims.claim(Set.of("other"), "c")).isTrue();
        assertThat(claims.release(Set.of("k"), "a")).containsExactly("b");
        assertThat(claims.release(Set.of("other"), "c")).isEmpty();
        assertThat(claims.size()).isZero();
    }

    @Test
    void whoNoLongerWantsAPlaceIsPassedOver() {
        Places<String> places = new Places<>(1);
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("b")).isFalse();
        assertThat(places.enter("c")).isFalse();
        assertThat(places.leave(one -> !one.equals("b"))).contains("c");
        assertThat(places.leave(one -> true)).isEmpty();
        assertThat(places.enter("d")).isTrue();
    }

    @Test
    void whoIsForgottenGetsNoPlace() {
        Places<String> places = new Places<>(1);
        places.enter("a");
        places.enter("b");
        places.enter("c");
        places.forget("b");
        List<String> asked = new ArrayList<>();
        assertThat(places.leave(asked::add)).contains("c");
        assertThat(asked).containsExactly("c");
    }

    @Test
    void whoGivesUpWaitsForNoKeyAnyMore() {
        Claims<String> claims = new Claims<>();
        claims.claim(Set.of("k"), "a");
        claims.claim(Set.of("k"), "b");
        claims.claim(Set.of("k"), "c");
        assertThat(claims.release(Set.of("k"), "b")).isEmpty();
        assertThat(claims.release(Set.of("k"), "a")).containsExactly("c");
    }

    @Test
    void aChannelThatComesWhenTheWorkerHasLeftIsLeftAtOnce() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Vertx vertx = Vertx.vertx();
        try {
            Context context = Contexts.create(vertx);
            Intake intake = new Intake(context, 1, message -> {
            }, message -> {
            }, failure -> {
            });
            context.runOnContext(here -> intake.cancel());
            intake.onSubscribe(new Flow.Subscription() {

                @Override
                public void request(long n) {
                    // there is nothing
                }

                @Override
                public void cancel() {
                    cancelled.set(true);
                }
            });
            await().untilTrue(cancelled);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void cancelsAreHeardWhateverBecomesOfTheirAcknowledgement() {
        MessageMapper mapper = new MessageMapper(channel -> Optional.empty(), List.of());
        List<String> cancelled = new ArrayList<>();
        CancelIntake intake = new CancelIntake(mapper, cancelled::add);
        Message<byte[]> cancel = mapper.write("cancels", new LlmMessage.Cancel(MessageHeaders.of("a")));
        intake.onNext(cancel.withAck(() -> null));
        intake.onNext(cancel.withAck(() -> {
            throw new IllegalStateException("closed");
        }));
        intake.onNext(cancel.withAck(() -> CompletableFuture.failedFuture(new IllegalStateException("closed"))));
        assertThat(cancelled).containsExactly("a", "a", "a");
    }

    @Test
    void aReceiptOfNothingIsOneAllTheSame() {
        List<String> seen = new ArrayList<>();
        Receipts receipts = new Receipts(Runnable::run, message -> {
        });
        receipts.taken();
        receipts.taken();
        receipts.whenNone(() -> seen.add("none"));
        receipts.acknowledge(Message.of("x").withAck(() -> null));
        receipts.refuse(Message.of("y").withNack(reason -> null), Optional.empty(), new IllegalStateException("no"));
        assertThat(seen).containsExactly("none");
    }

    @Test
    void retriesWaitTwiceAsLongEachTime() {
        Retries retries = new Retries(3, Duration.ofSeconds(1));
        LlmException failure = new LlmException("x", LlmErrorDetails.of("p"));
        assertThat(List.of(retries.before(0, failure), retries.before(1, failure), retries.before(2, failure)))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void retriesWaitAsLongAsTheServerSays() {
        LlmException failure = new LlmRateLimitException("x",
                LlmErrorDetails.builder().retryAfter(Duration.ofSeconds(7)).build());
        assertThat(new Retries(3, Duration.ofSeconds(1)).before(2, failure)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theWindowForgets() {
        AtomicLong nanos = new AtomicLong();
        IdempotencyWindow window = new IdempotencyWindow(Duration.ofSeconds(1), 10, nanos::get);
        window.remember(MessageHeaders.of("a").withIdempotencyKey("k"), true);
        assertThat(window.isAnswered("k")).isTrue();
        assertThat(window.isEnded("a")).isTrue();
        nanos.set(Duration.ofSeconds(1).toNanos());
        assertThat(window.isAnswered("k")).isFalse();
        assertThat(window.isEnded("a")).isFalse();
    }

    @Test
    void theWindowTellsCorrelationIdsFromIdempotencyKeysAndFailuresFromAnswers() {
        IdempotencyWindow window = new IdempotencyWindow(Duration.ofSeconds(1), 10, () -> 0);
        window.remember(MessageHeaders.of("a").withIdempotencyKey("k"), true);
        window.remember(MessageHeaders.of("b").withIdempotencyKey("l"), false);
        assertThat(window.isEnded("k")).isFalse();
        assertThat(window.isAnswered("a")).isFalse();
        assertThat(window.isEnded("b")).isTrue();
        assertThat(window.isAnswered("l")).isFalse();
    }

    @Test
    void aWindowOfZeroRemembersNothing() {
        IdempotencyWindow window = new IdempotencyWindow(Duration.ZERO, 10, () -> 0);
        window.remember(MessageHeaders.of("k"), true);
        assertThat(window.isAnswered("k")).isFalse();
        assertThat(window.isEnded("k")).isFalse();
    }

    @Test
    void ofTooManyKeysTheOldestGoFirst() {
        IdempotencyWindow window = new IdempotencyWindow(Duration.ofSeconds(1), 1_000, () -> 0);
        for (int i = 0; i < 2_000; i++) {
            window.remember(MessageHeaders.of("r" + i), true);
            // what is asked for often is kept no longer
            window.isAnswered("r0");
        }
        assertThat(IntStream.range(0, 2_000).filter(i -> window.isAnswered("r" + i)).boxed())
                .containsExactlyElementsOf(IntStream.range(1_000, 2_000).boxed().toList());
    }

    @Test
    void whatCameAgainIsTheNewest() {
        Recent<Integer> recent = new Recent<>(Duration.ofSeconds(1), 2, () -> 0);
        recent.put("a", 1);
        recent.put("b", 1);
        recent.put("a", 2);
        recent.put("c", 1);
        assertThat(recent.get("a")).contains(2);
        assertThat(recent.contains("b")).isFalse();
        assertThat(recent.contains("c")).isTrue();
    }

    @Test
    void whatIsOverTakesNoRoom() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
        Recent<Boolean> recent = new Recent<>(Duration.ofNanos(20), 10, nanos::get);
        recent.put("a", true);
        recent.put("b", true);
        nanos.addAndGet(19);
        assertThat(recent.contains("a")).isTrue();
        nanos.addAndGet(1);
        assertThat(recent.contains("a")).isFalse();
        recent.put("c", true);
        assertThat(recent.size()).isEqualTo(1);
    }

    @Test
    void theMemoryForCancelsIsBounded() {
        Cancellations cancellations = new Cancellations(() -> 0);
        int all = 3 * Cancellations.MOST;
        for (int i = 0; i < all; i++) {
            cancellations.remember("r" + i);
        }
        assertThat(IntStream.range(0, all).filter(i -> cancellations.isCancelled("r" + i)).boxed())
                .containsExactlyElementsOf(IntStream.range(all - Cancellations.MOST, all).boxed().toList());
    }

    @Test
    void aStepInAStepComesAfterIt() {
        Serial serial = new Serial();
        List<String> seen = new ArrayList<>();
        serial.run(() -> {
            serial.run(() -> seen.add("inner"));
            seen.add("outer");
        });
        assertThat(seen).containsExactly("outer", "inner");
    }

    @Test
    void aStepThatFailsKeepsNoOtherFromItsTurn() {
        Serial serial = new Serial();
        List<String> seen = new ArrayList<>();
        assertThatThrownBy(() -> serial.run(() -> {
            serial.run(() -> seen.add("next"));
            throw new IllegalStateException("broken");
        })).hasMessage("broken");
        serial.run(() -> seen.add("later"));
        assertThat(seen).containsExactly("next", "later");
    }

    @Test
    void allIsWrittenWhenTheLastIsAndNothingCanBeAdded() {
        List<Object> done = new ArrayList<>();
        Outstanding outstanding = new Outstanding(failure -> done.add(String.valueOf(failure)));
        outstanding.add();
        outstanding.written(null);
        assertThat(done).isEmpty();
        outstanding.close();
        assertThat(done).containsExactly("null");
    }
}
