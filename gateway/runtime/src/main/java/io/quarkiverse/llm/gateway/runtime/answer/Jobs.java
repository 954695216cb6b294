package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;

/** What this instance makes while nobody waits: some at the same time, the others one after the other. Thread-safe. */
public final class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class.getPackageName());

    private final StoredJobs stored;
    private final Limits limits;
    private final Map<String, Job> known = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int admitted;
    private int running;
    private boolean closed;

    /**
     * What is allowed.
     *
     * @param concurrent how many are made at the same time
     * @param queued how many wait besides
     * @param duration of one
     * @param eventBytes how large the events of one may become
     */
    public record Limits(int concurrent, int queued, Duration duration, long eventBytes) {
    }

    private record Waiting(Job job, Runnable work) {
    }

    public Jobs(StoredJobs stored, Limits limits) {
        this.stored = stored;
        this.limits = limits;
    }

    StoredJobs stored() {
        return stored;
    }

    Limits limits() {
        return limits;
    }

    /**
     * Makes room for one more.
     *
     * @throws RefusedException when there is none
     */
    synchronized void admit() {
        if (closed) {
            throw RefusedException.shuttingDown();
        } else if (admitted >= limits.concurrent() + limits.queued()) {
            throw RefusedException.tooManyInBackground(limits.queued());
        }
        admitted++;
    }

    /** It came to nothing. */
    synchronized void dismiss() {
        admitted--;
    }

    /** One that was admitted begins when it is its turn, and is at its end when all of it is written. */
    void start(Job job, Runnable work) {
        job.context().runOnContext(there -> job.waitForTurn());
        synchronized (this) {
            known.put(key(job.exchange().owner(), job.id()), job);
            waiting.add(new Waiting(job, work));
        }
        job.whenOver().whenComplete((done, failure) -> over(job));
        next();
    }

    private void over(Job job) {
        synchronized (this) {
            known.remove(key(job.exchange().owner(), job.id()));
            admitted--;
            if (!waiting.removeIf(other -> other.job() == job)) {
                running--;
            }
        }
        next();
    }

    private void next() {
        while (true) {
            Waiting turn;
            synchronized (this) {
                if (running >= limits.concurrent() || waiting.isEmpty()) {
                    return;
                }
                running++;
                turn = waiting.poll();
            }
            turn.job().context().runOnContext(there -> turn.job().run(turn.work(), limits.duration()));
        }
    }

    private static String key(String owner, String id) {
        return owner + "/" + id;
    }

    /** One that this instance makes. */
    synchronized Optional<Job> find(String owner, String id) {
        return Optional.ofNullable(known.get(key(owner, id)));
    }

    /** When none is left, of those that are there now. */
    public CompletableFuture<Void> whenIdle() {
        return CompletableFuture.allOf(all().stream().map(Job::whenOver).toArray(CompletableFuture[]::new));
    }

    private synchronized List<Job> all() {
        return List.copyOf(known.values());
    }

    /** Ends all that are left as failed, and waits until that is written. No others begin. Not on an event loop. */
    public void close(Duration atMost) {
        List<Job> left;
        synchronized (this) {
            closed = true;
            left = all();
        }
        left.forEach(job -> job.context().runOnContext(there -> job.fail("shutdown",
                "The instance that made this response was shut down")));
        try {
            CompletableFuture.allOf(left.stream().map(Job::whenOver).toArray(CompletableFuture[]::new))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("%d responses that were being made in the background may not say that they have failed", left.size());
        }
    }
}
