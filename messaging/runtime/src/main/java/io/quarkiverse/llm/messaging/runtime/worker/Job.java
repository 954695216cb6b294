package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.messaging.HeaderMapping.Revocation;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;

/** One request, from when it is taken until it is acknowledged or given back. All of it on the worker's context. */
final class Job implements Attempt.Listener {

    private enum Phase {
        /** For its turn, or for a place. */
        WAITING,
        STREAMING,
        /** Until the next attempt. */
        RESTING,
        /** The last messages are on their way. */
        WRITING,
        OVER
    }

    private final Engine engine;
    private final Message<?> message;
    private final LlmMessage.Request request;
    private final Set<String> keys = new LinkedHashSet<>();
    private final OneTimer limit;
    private final OneTimer rest;
    private Phase phase = Phase.WAITING;
    private Attempt attempt;
    /** Of the attempt under way, or else of the next. */
    private int number;
    private int retried;
    private boolean turn;
    private boolean begun;
    /** Why the attempt was stopped; {@code null} when it was not, or is given back. */
    private LlmException stopped;
    private boolean givenBack;
    /** Whether somebody else shall deal with it unless this attempt comes to an end. */
    private boolean leaving;

    Job(Engine engine, Message<?> message, LlmMessage.Request request, int earlierAttempts) {
        this.engine = engine;
        this.message = message;
        this.request = request;
        number = (int) Math.min(Integer.MAX_VALUE - 1L, (long) request.headers().attempt() + earlierAttempts);
        keys.add(request.headers().idempotency());
        keys.add(request.headers().correlationId());
        limit = new OneTimer(engine.vertx());
        rest = new OneTimer(engine.vertx());
        request.headers().deadline().ifPresent(deadline -> limit.set(engine.until(deadline), this::timeIsUp));
    }

    MessageHeaders headers() {
        return request.headers();
    }

    Message<?> message() {
        return message;
    }

    /** What it claims so that nobody else answers it. */
    Set<String> keys() {
        return keys;
    }

    /** Whether nothing before it in its conversation is under way. */
    boolean hasTurn() {
        return turn;
    }

    void giveTurn() {
        turn = true;
    }

    boolean isWaiting() {
        return phase == Phase.WAITING;
    }

    /** It has a place: now or never. */
    void begin() {
        countOn();
        if (engine.retries().isExhausted(number)) {
            engine.leavePlace();
            deadLetter(neverFinished(), engine.failures().exhausted(begunInVain()));
            return;
        }
        Duration left = headers().deadline().map(engine::until).orElse(engine.options().timeout());
        if (left.isNegative() || left.isZero()) {
            engine.leavePlace();
            finish(timeFailure());
            return;
        }
        if (!engine.deliveries().begins(message)) {
            // whose it is now begins it
            engine.leavePlace();
            leave(false);
            return;
        }
        if (!begun) {
            begun = true;
            limit.set(shorter(left, engine.options().timeout()), this::timeIsUp);
        }
        phase = Phase.STREAMING;
        attempt = engine.attempt(headers().withAttempt(number, engine.worker()), this);
        engine.start(attempt, request.request());
    }

    /** An earlier delivery may have used up numbers. */
    private void countOn() {
        number = engine.unfinishedAttempts().next(headers().correlationId(), number);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void timeIsUp() {
        stop(timeFailure());
    }

    private LlmException timeFailure() {
        Instant deadline = headers().deadline().orElse(Instant.MAX);
        return begun ? engine.failures().tookTooLong(limit.length()) : engine.failures().expired(deadline);
    }

    /** Nobody wants the answer any more. */
    void cancel() {
        stop(engine.failures().cancelled());
    }

    private void stop(LlmException reason) {
        switch (phase) {
            case WAITING, RESTING -> {
                // else another delivery of the same request is under way: its end will be the end of both
                if (engine.claimEnd(this)) {
                    finish(reason);
                }
            }
            case STREAMING -> {
                stopped = reason;
                attempt.stop();
            }
            case WRITING, OVER -> {
            }
        }
    }

    /** Somebody else shall answer it. What is written already cannot be taken back. */
    void giveBack(boolean evenWhileStreaming) {
        switch (phase) {
            case WAITING, RESTING -> leave(false);
            case STREAMING -> {
                if (evenWhileStreaming) {
                    givenBack = true;
                    attempt.stop();
                }
            }
            case WRITING, OVER -> {
            }
        }
    }

    /** Its connector has another owner for it, now or soon. */
    void revoked(Revocation how) {
        leaving = true;
        giveBack(how == Revocation.LOST);
    }

    /** It was answered, by this worker, when it came before. */
    void suppress() {
        acknowledge();
    }

    /** Another one with the same idempotency key was answered; whoever waits for this one must not wait in vain. */
    void refuseDuplicate() {
        finish(engine.failures().duplicate(headers().idempotency()));
    }

    @Override
    public void ended(Attempt ended) {
        engine.run(this::streamed);
    }

    private void streamed() {
        phase = Phase.WRITING;
        engine.leavePlace();
        if (attempt.response().isPresent()) {
            // its end goes out when its events are written
            limit.cancel();
        } else if (givenBack) {
            rememberAttempt();
            leave(false);
        } else if (stopped != null) {
            finish(stopped);
        } else {
            failed(attempt.failure().orElseThrow());
        }
    }

    private void failed(LlmException cause) {
        if (!cause.isRetryable()) {
            finish(cause);
            return;
        }
        if (engine.retries().isLast(number)) {
            deadLetter("Attempt " + number + ", the last, failed: " + cause.getMessage(), cause);
            return;
        }
        Duration delay = engine.retries().before(retried, cause);
        if (delay.compareTo(limit.left()) >= 0) {
            deadLetter("Attempt " + number + " failed, and no time is left for another: " + cause.getMessage(), cause);
        } else if (leaving || engine.isClosing()) {
            rememberAttempt();
            leave(false);
        } else {
            phase = Phase.RESTING;
            rest.set(delay, this::again);
        }
    }

    private void again() {
        phase = Phase.WAITING;
        attempt = null;
        number++;
        retried++;
        engine.place(this);
    }

    private Ending end(boolean answer) {
        return new Ending(engine, headers().withAttempt(number, engine.worker()),
                () -> attempt == null ? 0 : attempt.next(), refusal -> written(refusal, answer));
    }

    @Override
    public void settled(Attempt over) {
        engine.run(() -> {
            if (over == attempt) {
                attempt.response().ifPresent(this::answered);
            }
        });
    }

    /** What waits for the response alone is told the same as who reads the events. */
    private void answered(LlmResponse response) {
        Optional<Throwable> unwritten = attempt.unwritten();
        if (unwritten.isEmpty()) {
            end(true).answer(response);
        } else if (attempt.isEndUnwritten()) {
            end(false).fail(engine.failures().unwritable(headers().correlationId(), unwritten.get()));
        } else {
            end(true).lose(unwritten.get());
        }
    }

    private void finish(LlmException cause) {
        if (attempt == null) {
            countOn();
            if (engine.retries().isExhausted(number)) {
                deadLetter(neverFinished(), cause);
                return;
            }
        }
        conclude();
        end(false).fail(cause);
    }

    private String begunInVain() {
        Unfinished before = engine.unfinishedAttempts();
        return engine.retries().unwritten(number, before.ended(headers().correlationId()),
                before.told(headers().correlationId()));
    }

    /** With what the connector said, which is for those who look through the dead letters, not for the caller. */
    private String neverFinished() {
        Unfinished before = engine.unfinishedAttempts();
        return before.verdict(headers().correlationId()).orElseGet(this::begunInVain)
                + before.refusal(headers().correlationId()).map(Poison::untold).orElse("");
    }

    private void deadLetter(String reason, LlmException cause) {
        conclude();
        end(false).deadLetter(message, reason, cause, !engine.retries().isGivenUp(number));
    }

    private void conclude() {
        phase = Phase.WRITING;
        limit.cancel();
        rest.cancel();
    }

    private void written(Throwable refusal, boolean answer) {
        if (refusal == null) {
            engine.remember(this, answer);
            acknowledge();
        } else {
            if (attempt == null) {
                // its number is used up, and what can never be told must not come again for ever
                engine.deliveries().begins(message);
            }
            engine.unfinishedAttempts().remember(headers().correlationId(), number, refusal, attempt != null);
            engine.receipts().refuse(message, Optional.of(headers().correlationId()), refusal);
            leave(true);
        }
    }

    private void rememberAttempt() {
        engine.unfinishedAttempts().remember(headers().correlationId(), number);
    }

    private void acknowledge() {
        engine.receipts().acknowledge(message);
        leave(true);
    }

    private void leave(boolean concluded) {
        phase = Phase.OVER;
        limit.cancel();
        rest.cancel();
        engine.leave(this, concluded);
    }
}
