package io.quarkiverse.llm.messaging.runtime.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Knows all requests of a worker and what each of them waits for. All of it on one context, the streams on others. */
final class Engine {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.messaging");

    private final String worker;
    private final LlmWorkerOptions options;
    private final LlmProvider provider;
    private final MessageMapper mapper;
    private final Deliveries deliveries;
    private final Worker.Outboxes outboxes;
    private final Vertx vertx;
    private final TraceContext traces;
    private final Clock clock = Clock.systemUTC();
    private final Failures failures;
    private final Retries retries;
    private final Poison poison;
    private final Context context;
    private final Intake intake;
    private final IdempotencyWindow window;
    private final Cancellations cancellations;
    private final Unfinished unfinishedAttempts;
    private final Conversations<Job> conversations = new Conversations<>();
    private final Claims<Job> claims = new Claims<>();
    private final Places<Job> places;
    private final Set<Job> jobs = new LinkedHashSet<>();
    private final Map<String, List<Job>> byCorrelationId = new HashMap<>();
    private final CompletableFuture<Optional<Throwable>> channelEnd = new CompletableFuture<>();
    private final Receipts receipts;
    private boolean closing;

    Engine(String worker, LlmWorkerOptions options, LlmProvider provider, MessageMapper mapper, Worker.Outboxes outboxes,
            Set<String> inputs, Vertx vertx, TraceContext traces, LongSupplier nanos) {
        this.worker = worker;
        this.options = options;
        this.provider = provider;
        this.mapper = mapper;
        deliveries = new Deliveries(mapper);
        receipts = new Receipts(this::run, deliveries::unconcluded);
        this.outboxes = outboxes;
        this.vertx = vertx;
        this.traces = traces;
        failures = new Failures(provider.name());
        retries = new Retries(options.maxAttempts(), options.retryDelay());
        poison = new Poison(worker, mapper, outboxes, failures, inputs);
        context = Contexts.create(vertx);
        intake = new Intake(context, options.maxInFlight(), this::take, deliveries::givesBack, this::ended);
        window = new IdempotencyWindow(options.idempotencyWindow(), options.idempotencyKeys(), nanos);
        cancellations = new Cancellations(nanos);
        unfinishedAttempts = new Unfinished(nanos);
        places = new Places<>(options.concurrency());
    }

    Intake intake() {
        return intake;
    }

    Vertx vertx() {
        return vertx;
    }

    String worker() {
        return worker;
    }

    LlmWorkerOptions options() {
        return options;
    }

    Failures failures() {
        return failures;
    }

    Retries retries() {
        return retries;
    }

    Worker.Outboxes outboxes() {
        return outboxes;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    Receipts receipts() {
        return receipts;
    }

    boolean isClosing() {
        return closing;
    }

    Unfinished unfinishedAttempts() {
        return unfinishedAttempts;
    }

    Duration until(Instant deadline) {
        return Duration.between(clock.instant(), deadline);
    }

    void run(Runnable step) {
        context.runOnContext(here -> step.run());
    }

    private void take(Message<?> message) {
        receipts.taken();
        LlmMessage read;
        try {
            read = mapper.read(message);
        } catch (RuntimeException e) {
            bury(message, String.valueOf(e.getMessage()));
            return;
        }
        if (read instanceof LlmMessage.Request request) {
            poison.circle(request.headers()).ifPresentOrElse(reason -> bury(message, reason), () -> take(message, request));
        } else {
            bury(message, "It is no request but a message of the kind " + read.getClass().getSimpleName());
        }
    }

    private void take(Message<?> message, LlmMessage.Request request) {
        Job job = new Job(this, message, request, deliveries.earlierAttempts(message));
        take(job);
        deliveries.whenRevoked(message, how -> run(() -> job.revoked(how)));
    }

    private void bury(Message<?> message, String reason) {
        boolean mustTell = !retries.isGivenUp(1 + deliveries.earlierAttempts(message));
        poison.bury(message, reason, mustTell, failure -> run(() -> {
            if (failure == null) {
                receipts.acknowledge(message);
            } else {
                deliveries.begins(message);
                receipts.refuse(message, mapper.correlationId(message), failure);
            }
            intake.free();
        }));
    }

    private void take(Job job) {
        jobs.add(job);
        byCorrelationId.computeIfAbsent(job.headers().correlationId(), id -> new ArrayList<>(1)).add(job);
        boolean head = job.headers().conversation().map(line -> conversations.enter(line, job)).orElse(true);
        if (isCancelled(job)) {
            job.cancel();
        }
        if (head) {
            job.giveTurn();
            turn(job);
        }
    }

    private boolean isCancelled(Job job) {
        return cancellations.isCancelled(job.headers().correlationId());
    }

    private void turn(Job job) {
        if (!job.isWaiting() || !job.hasTurn()) {
            return;
        }
        if (isEnded(job)) {
            LOG.debugf("The request %s was answered before and is not answered again", job.headers().correlationId());
            job.suppress();
        } else if (claims.claim(job.keys(), job)) {
            if (window.isAnswered(job.headers().idempotency())) {
                job.refuseDuplicate();
            } else if (isCancelled(job)) {
                job.cancel();
            } else {
                place(job);
            }
        }
    }

    private boolean isEnded(Job job) {
        return window.isEnded(job.headers().correlationId());
    }

    /** Whether it is for this one to tell the caller of its end. */
    boolean claimEnd(Job job) {
        return !isEnded(job) && claims.claimNow(job.headers().correlationId(), job);
    }

    void place(Job job) {
        if (places.enter(job)) {
            job.begin();
        }
    }

    void leavePlace() {
        // not at once: who leaves has not finished its own step
        places.leave(Job::isWaiting).ifPresent(next -> run(() -> begin(next)));
    }

    private void begin(Job job) {
        if (job.isWaiting()) {
            job.begin();
        } else {
            leavePlace();
        }
    }

    Attempt attempt(MessageHeaders headers, Job job) {
        return new Attempt(headers, outboxes.events(), options.maxUnwrittenEvents(), failures, job);
    }

    void start(Attempt attempt, LlmRequest request) {
        attempt.start(provider, request, Contexts.create(vertx), traces);
    }

    void deadLetter(MessageHeaders headers, String reason, Message<?> message, Outstanding writes) {
        LOG.warnf("The request %s goes to the dead letters. %s", headers.correlationId(), reason);
        poison.deadLetter(headers, reason, message, writes);
    }

    void remember(Job job, boolean answer) {
        window.remember(job.headers(), answer);
    }

    /** It is acknowledged, refused or given back: others may go on. */
    void leave(Job job, boolean concluded) {
        jobs.remove(job);
        places.forget(job);
        byCorrelationId.computeIfPresent(job.headers().correlationId(), (id, same) -> {
            same.remove(job);
            return same.isEmpty() ? null : same;
        });
        Optional<Job> next = job.headers().conversation().flatMap(line -> conversations.leave(line, job));
        List<Job> waited = claims.release(job.keys(), job);
        if (!concluded) {
            deliveries.givesBack(job.message());
            receipts.settled();
        }
        intake.free();
        run(() -> {
            waited.forEach(this::turn);
            next.ifPresent(Job::giveTurn);
            next.ifPresent(this::turn);
        });
    }

    /** Nobody waits for the answer any more. */
    void cancel(String correlationId) {
        run(() -> {
            List<Job> known = byCorrelationId.get(correlationId);
            if (!window.isEnded(correlationId)) {
                cancellations.remember(correlationId);
            }
            if (known != null) {
                List.copyOf(known).forEach(Job::cancel);
            }
        });
    }

    private void ended(Throwable failure) {
        if (failure != null) {
            LOG.errorf("The channel of requests of the worker %s failed, so that it takes no more: %s", worker, failure);
        }
        intake.close();
        channelEnd.complete(failure == null ? Optional.empty() : Optional.of(failure));
    }

    /** Calls back when the channel of requests has ended and what it had is finished. */
    CompletableFuture<Optional<Throwable>> ended() {
        return channelEnd.thenCompose(why -> idle().thenApply(done -> why));
    }

    private CompletableFuture<Void> idle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        run(() -> receipts.whenNone(() -> idle.complete(null)));
        return idle;
    }

    /** Takes no more, gives back what is not begun, waits for the rest as long as the options say, then gives that back too. */
    CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        run(() -> {
            closing = true;
            intake.close();
            List.copyOf(jobs).forEach(job -> job.giveBack(false));
            receipts.whenNone(() -> done.complete(null));
            OneTimer patience = new OneTimer(vertx);
            patience.set(options.shutdownTimeout(), () -> {
                List.copyOf(jobs).forEach(job -> job.giveBack(true));
                // who is stopped has left two steps later, who still writes may never
                run(() -> run(() -> done.complete(null)));
            });
            done.whenComplete((nothing, failure) -> run(patience::cancel));
        });
        return done;
    }

    /** Stops everything at once: nobody reads what it writes any more. */
    void close() {
        run(() -> {
            closing = true;
            intake.cancel();
            List.copyOf(jobs).forEach(job -> job.giveBack(true));
        });
    }
}
