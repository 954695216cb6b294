package io.quarkiverse.llm.gateway.runtime.store;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;

/**
 * One connection to Redis, shared by all operations and made anew when it is lost. Commands follow each other on it without
 * waiting for answers: with a connection for each, more at once than {@code quarkus.redis.max-pool-size} and
 * {@code quarkus.redis.max-pool-waiting} together (30 unless set) would be refused. Thread-safe.
 */
final class RedisLine {

    /**
     * How long an attempt to connect may take until another is made beside it. A server that accepts connections and says
     * nothing would keep the first one waiting forever: the client knows no limit for its greeting.
     */
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(10);

    /** What is sent for one operation, one command after the other. */
    interface Operation {
        Future<Response> on(Sender redis);
    }

    /** Sends commands. */
    interface Sender {
        Future<Response> send(Request command);
    }

    /** A connection, or the attempt to make it. */
    private static final class Link {

        private final Promise<RedisConnection> connected = Promise.promise();
        private final long since = System.nanoTime();
        private volatile long answered = since;
    }

    private final Redis redis;
    private final Duration timeout;
    private final AtomicReference<Link> current = new AtomicReference<>();

    /**
     * @param timeout of an operation, with the time that it takes to connect
     */
    RedisLine(Redis redis, Duration timeout) {
        this.redis = redis;
        this.timeout = timeout;
    }

    /**
     * Fails with what the client says, and with a {@link TimeoutException} when there is no answer in time; what was sent may
     * then still be carried out.
     */
    Uni<Response> call(Operation operation) {
        return Uni.createFrom().emitter(caller -> new Call(link(), caller).begin(operation));
    }

    /** An operation under way. */
    private final class Call {

        private final Link link;
        private final UniEmitter<? super Response> caller;
        private final long since = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();

        Call(Link link, UniEmitter<? super Response> caller) {
            this.link = link;
            this.caller = caller;
        }

        void begin(Operation operation) {
            ScheduledFuture<?> timer = Infrastructure.getDefaultWorkerPool().schedule(this::giveUp, timeout.toNanos(),
                    TimeUnit.NANOSECONDS);
            link.connected.future().compose(connection -> operation.on(command -> send(connection, command)))
                    .onComplete(answer -> {
                        timer.cancel(false);
                        end(answer);
                    });
        }

        private Future<Response> send(RedisConnection connection, Request command) {
            if (ended.get()) {
                return Future.failedFuture(late());
            }
            return connection.send(command).onComplete(answer -> {
                link.answered = System.nanoTime();
                if (answer.failed() && isUseless(connection, answer.cause())) {
                    leave(link);
                }
            });
        }

        private void end(AsyncResult<Response> answer) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (answer.succeeded()) {
                caller.complete(answer.result());
            } else {
                caller.fail(answer.cause());
            }
        }

        /** A connection that has answered others since is slow, and another would not be faster. */
        private void giveUp() {
            boolean silent = link.answered - since < 0;
            boolean tooLong = System.nanoTime() - link.since > LONGEST_ATTEMPT.toNanos();
            if (!ended.get() && (link.connected.future().isComplete() ? silent : tooLong)) {
                leave(link);
            }
            end(Future.failedFuture(late()));
        }

        private TimeoutException late() {
            return new TimeoutException("no answer within " + timeout);
        }
    }

    private Link link() {
        while (true) {
            Link there = current.get();
            if (there != null) {
                return there;
            }
            Link made = new Link();
            if (current.compareAndSet(null, made)) {
                connect(made).onFailure(failure -> current.compareAndSet(made, null)).onComplete(made.connected);
                return made;
            }
        }
    }

    private Future<RedisConnection> connect(Link link) {
        try {
            return redis.connect().compose(connection -> {
                connection.endHandler(end -> current.compareAndSet(link, null));
                connection.exceptionHandler(failure -> current.compareAndSet(link, null));
                return reallyClosing(connection);
            });
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /**
     * A connection of a pool goes back there when it is closed, dead or not, unless its database may have been
     * changed. There is no database of that number: the command fails and changes nothing.
     */
    private static Future<RedisConnection> reallyClosing(RedisConnection connection) {
        return connection.send(Request.cmd(Command.SELECT).arg(-1))
                .transform(answer -> isReply(answer.cause()) ? Future.succeededFuture(connection)
                        : Future.failedFuture(answer.cause()));
    }

    /** It is closed, or leads to what became a replica of another server since it was made. */
    private static boolean isUseless(RedisConnection connection, Throwable failure) {
        return isReply(failure) ? ((ErrorType) failure).is("READONLY") : !connection.pendingQueueFull();
    }

    /** The client makes errors of that kind itself, too. */
    private static boolean isReply(Throwable failure) {
        return failure instanceof ErrorType error && !error.is("CONNECTION_CLOSED");
    }

    private void leave(Link link) {
        current.compareAndSet(link, null);
        link.connected.future().onSuccess(RedisConnection::close);
    }
}
