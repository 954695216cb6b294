package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.JobMark;
import io.quarkiverse.llm.gateway.runtime.state.JobMark.Kind;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.Turn;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.json.JsonObject;

/**
 * A response that is made while nobody waits for it. All that becomes of it is written into the store, where the
 * other instances see it and say what they want of it. On the event loop of its exchange alone, but for what says
 * otherwise.
 */
final class Job implements JobOut.Listener {

    private static final Logger LOG = Logger.getLogger(Job.class.getPackageName());
    /** How often the end is written again where another instance has changed the mark meanwhile. */
    private static final int ATTEMPTS = 5;
    /** No timer: 0 is one, which may be somebody else's. */
    private static final long NONE = -1;

    private final JobExchange exchange;
    private final StoredJobs stored;
    private final Turn turn;
    private final boolean keepsEvents;
    private final JobOut out;
    private final HiddenReasoning hidden = new HiddenReasoning();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private EventEncoder encoder;
    private String id;
    private volatile JobMark held;
    private int flushed;
    private int flushing;
    private boolean running;
    private boolean announced;
    private boolean busy;
    private boolean ending;
    private boolean stopped;
    private long ticks = NONE;
    private long limit = NONE;

    /**
     * @param turn that it answers
     * @param keepsEvents whether its events are kept, for other instances and for later
     * @param mostBytes how large they may become
     */
    Job(JobExchange exchange, StoredJobs stored, Turn turn, boolean keepsEvents, long mostBytes) {
        this.exchange = exchange;
        this.stored = stored;
        this.turn = turn;
        this.keepsEvents = keepsEvents;
        this.out = new JobOut(exchange.context(), mostBytes, this);
        exchange.goesTo(out, error -> encoder.fail(failure(error.message())));
    }

    ContextInternal context() {
        return exchange.context();
    }

    JobExchange exchange() {
        return exchange;
    }

    JobOut out() {
        return out;
    }

    HiddenReasoning hidden() {
        return hidden;
    }

    String id() {
        return id;
    }

    /** When all that becomes of it is written, or nothing more will be. On any thread. Whoever cancels it cancels a copy. */
    CompletableFuture<Void> whenOver() {
        return over.copy();
    }

    /**
     * Says that it will be made, to the store before all.
     *
     * @param by who has just said that it is queued, to {@link #out()}
     */
    Uni<Void> begin(EventEncoder by) {
        encoder = by;
        id = JsonFields.of(out.resource()).string("id").orElseThrow();
        flushed = out.log().bytes();
        Optional<byte[]> events = keepsEvents ? Optional.of(out.log().since(0)) : Optional.empty();
        return stored.begin(turn.owner(), out.resource(), turn.asked(), events).invoke(mark -> held = mark)
                .replaceWithVoid();
    }

    /** It is in the store, and waits. */
    void waitForTurn() {
        ticks = context().setPeriodic(stored.times().flush().toMillis(), due -> tick());
    }

    /**
     * It is its turn.
     *
     * @param atMost how long it may take
     */
    void run(Runnable work, Duration atMost) {
        if (isStopping()) {
            return;
        }
        running = true;
        limit = context().setTimer(atMost.toMillis(), due -> fail("timeout", "The response took longer than "
                + atMost.toSeconds() + " s, which quarkus.llm-gateway.background.max-duration allows"));
        exchange.attempt(work);
        tick();
    }

    private boolean isStopping() {
        return stopped || out.isEnded();
    }

    private void tick() {
        if (busy || isStopping()) {
            return;
        }
        boolean grown = keepsEvents && out.log().bytes() > flushed;
        Duration pause = running ? stored.times().renew() : stored.times().lease().dividedBy(3);
        boolean due = System.currentTimeMillis() - held.renewed() >= pause.toMillis();
        if (!grown && !due && running == announced) {
            return;
        }
        busy = true;
        flushing = out.log().bytes();
        Optional<byte[]> events = grown ? Optional.of(out.log().since(flushed)) : Optional.empty();
        stored.renew(turn.owner(), id, held, running ? Kind.RUNNING : Kind.QUEUED, events).subscribe().with(
                mark -> exchange.onContext(() -> renewed(mark)),
                failure -> exchange.onContext(() -> {
                    LOG.debugf("The state of %s could not be written: %s", id, failure.getMessage());
                    lookAround();
                }));
    }

    private void renewed(Optional<JobMark> mark) {
        if (mark.isEmpty()) {
            lookAround();
            return;
        }
        holds(mark.get());
        if (running && !announced) {
            announced = true;
            stored.update(turn.owner(), out.resource(), turn.asked()).subscribe().with(
                    done -> exchange.onContext(this::rest),
                    failure -> exchange.onContext(() -> {
                        announced = false;
                        rest();
                    }));
        } else {
            rest();
        }
    }

    private void holds(JobMark mark) {
        if (mark.chunks() > held.chunks()) {
            flushed = flushing;
        }
        held = mark;
    }

    /** Nothing is being written any more. */
    private void rest() {
        busy = false;
        if (out.isEnded()) {
            ended();
        }
    }

    /** The mark is not what was left there: somebody wants something, or an answer of the store was lost. */
    private void lookAround() {
        stored.mark(turn.owner(), id).subscribe().with(mark -> exchange.onContext(() -> {
            busy = false;
            if (!isAlive(mark)) {
                drop(mark);
                return;
            }
            holds(mark.get());
            if (mark.get().kind() == Kind.CANCELLED) {
                cancel();
            }
            rest();
        }), failure -> exchange.onContext(this::rest));
    }

    private static boolean isAlive(Optional<JobMark> mark) {
        return mark.filter(there -> there.kind() != Kind.DELETED && there.kind() != Kind.GONE).isPresent();
    }

    /** Stops it: what it has said by then is what it is. */
    void cancel() {
        if (!isStopping()) {
            exchange.stop("cancelled");
            encoder.cancel();
        }
    }

    /** Stops it as one that has failed. */
    void fail(String outcome, String message) {
        if (!isStopping()) {
            LlmException failure = failure(message);
            exchange.report().failed(failure);
            exchange.stop(outcome);
            encoder.fail(failure);
        }
    }

    private static LlmException failure(String message) {
        return new LlmException(message, LlmErrorDetails.builder().build(), null);
    }

    /** Somebody has forgotten it, or taken it for lost: nothing is written any more. */
    private void drop(Optional<JobMark> mark) {
        if (stopped) {
            return;
        }
        stopped = true;
        exchange.stop("deleted");
        LOG.infof("%s The response %s is not made any more: it was deleted, or taken for lost", exchange.report().id(), id);
        Uni<Void> rest = mark.isEmpty() ? Uni.createFrom().voidItem() : stored.deleted(turn.owner(), id, mark.get());
        boolean deleted = mark.filter(there -> there.kind() == Kind.DELETED).isPresent();
        tellEnd(deleted);
        (deleted ? rest : Uni.createFrom().voidItem()).subscribe().with(done -> exchange.onContext(this::finish),
                failure -> exchange.onContext(this::finish));
    }

    /** Whoever follows it gets an end, though nothing is written of it. */
    private void tellEnd(boolean deleted) {
        if (out.isEnded()) {
            return;
        } else if (deleted) {
            encoder.cancel();
        } else {
            encoder.fail(failure("The response was taken for lost"));
        }
    }

    /** As soon as somebody on this instance has deleted it. */
    void deleted() {
        if (!busy && !stopped) {
            busy = true;
            lookAround();
        }
    }

    @Override
    public void tooLarge() {
        fail("too-large", "The events of the response are larger than quarkus.llm-gateway.background.max-events-size allows");
    }

    @Override
    public void ended() {
        if (busy || ending || stopped) {
            return;
        }
        ending = true;
        busy = true;
        List<RawJson> output = hidden.in(JsonFields.of(out.resource()).list("output").stream().map(JsonValue::raw).toList());
        Optional<byte[]> events = keepsEvents ? Optional.of(out.log().encoded()) : Optional.empty();
        Uni.createFrom().deferred(() -> write(output, events, ATTEMPTS))
                .onFailure().retry().withBackOff(Duration.ofMillis(200)).atMost(3)
                .chain(kept -> kept ? append(output) : Uni.createFrom().voidItem())
                .subscribe().with(kept -> exchange.onContext(this::finish), failure -> exchange.onContext(() -> {
                    LOG.warnf("%s The response %s is not stored: %s", exchange.report().id(), id, failure.getMessage());
                    out.over(RawJson.of(new JsonObject(out.resource().text()).put("store", false)));
                    finish();
                }));
    }

    /** Nobody waits who could be told of a failure. */
    private Uni<Void> append(List<RawJson> output) {
        return turn.append(out.resource(), output).onFailure().recoverWithItem(failure -> {
            LOG.warnf("%s The response %s is not in its conversation: %s", exchange.report().id(), id, failure.getMessage());
            return null;
        });
    }

    private Uni<Boolean> write(List<RawJson> output, Optional<byte[]> events, int attempts) {
        return stored.end(turn.owner(), held, out.resource(), turn.asked(), output, events)
                .chain(kept -> kept ? Uni.createFrom().item(true) : stored.mark(turn.owner(), id).chain(mark -> {
                    if (!isAlive(mark) || attempts == 0) {
                        return Uni.createFrom().item(false);
                    }
                    held = mark.get();
                    return write(output, events, attempts - 1);
                }));
    }

    private void finish() {
        stopped = true;
        exchange.vertx().cancelTimer(ticks);
        exchange.vertx().cancelTimer(limit);
        if (!out.isOver()) {
            out.over();
        }
        over.complete(null);
    }
}
