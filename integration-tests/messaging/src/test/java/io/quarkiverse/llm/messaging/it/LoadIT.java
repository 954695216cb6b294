package io.quarkiverse.llm.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import io.vertx.core.json.JsonObject;

/** A fleet under a steady load, with everything happening to it that happens to fleets. */
@Timeout(600)
@EnabledIf("io.quarkiverse.llm.gateway.redis.RedisServerProcess#isWanted")
@ExtendWith(SharedFleet.class)
class LoadIT {

    private static final int CALLERS = 8;
    private static final int TALKERS = 4;
    private static final int REQUESTS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Tally tally = new Tally();
    private final Turns turns = new Turns();
    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean done;
    private Fleet fleet;

    @BeforeEach
    void begin(Fleet shared) {
        fleet = shared;
        fleet.whole();
        fleet.model().reset();
    }

    @Test
    void nearlyAllAreAnsweredExactlyOnceNothingIsLostInSilenceAndTurnsKeepTheirOrder() {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int gateway = i;
            callers.add(repeated(() -> ask(gateway)));
        }
        for (int i = 0; i < TALKERS; i++) {
            callers.add(repeated(this::talk));
        }
        try {
            String third = fleet.startWorker();
            awaitMore(150);
            fleet.awaitWorkers();
            awaitMore(150);
            happened("a worker was added");
            fleet.kill(third);
            awaitMore(150);
            happened("it was killed");
            fleet.kafka().stop();
            fleet.kafka().start();
            String next = fleet.startWorker();
            awaitMore(150);
            happened("the broker was stopped and started");
            fleet.awaitWorkers();
            awaitMore(100);
            fleet.terminate(next);
            awaitMore(150);
            happened("a worker came and was told to end");
            await().atMost(PATIENCE).until(() -> tally.requests() >= REQUESTS);
        } finally {
            done = true;
        }
        callers.forEach(CompletableFuture::join);
        happened("that is all");
        assertThat(tally.lost()).as(tally.trouble()::toString).isZero();
        assertThat(tally.answeredPercent()).as(tally.trouble()::toString).isGreaterThanOrEqualTo(99);
        assertThat(tally.repeated()).as("answered when asked for again").isEqualTo(tally.failed());
        turns.assertInOrder(fleet.log());
    }

    /** Until all is done. */
    private CompletableFuture<Void> repeated(Runnable load) {
        CompletableFuture<Void> caller = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                while (!done) {
                    load.run();
                }
                caller.complete(null);
            } catch (Throwable t) {
                caller.completeExceptionally(t);
            }
        }, "load");
        thread.setDaemon(true);
        thread.start();
        return caller;
    }

    /** One in four is long. */
    private void ask(int gateway) {
        int number = names.incrementAndGet();
        int tokens = number % 4 == 0 ? 40 : 10;
        String name = "load-" + number;
        new Asked(gateway, name, tokens, Fleet.request(name, tokens)).end();
    }

    /** A conversation: a turn, three of them at once, and one at last, at both gateways in turn. */
    private void talk() {
        int conversation = names.incrementAndGet();
        String id = fleet.conversation();
        turn(conversation, 0, id).end();
        List.of(turn(conversation, 1, id), turn(conversation, 2, id), turn(conversation, 3, id)).forEach(Asked::end);
        turn(conversation, 4, id).end();
    }

    private Asked turn(int conversation, int turn, String id) {
        String name = Turns.name(conversation, turn);
        turns.watch(fleet.model(), conversation, turn, 10);
        return new Asked(conversation + turn, name, 10, Fleet.request(name, 10).put("conversation", id));
    }

    /** A request under way, which is made again at the other gateway when it fails and may be. */
    private final class Asked {

        private final int gateway;
        private final JsonObject request;
        private final String expected;
        private final Call call;

        Asked(int gateway, String name, int tokens, JsonObject request) {
            this.gateway = gateway;
            this.request = request;
            expected = ModelServer.text(name, tokens);
            call = Call.start(fleet.gateway(gateway), request, expected);
        }

        void end() {
            Call.End end = call.end();
            if (end == Call.End.FAILED && call.isRetryable()
                    && Call.start(fleet.gateway(gateway + 1), request, expected).end() == Call.End.ANSWERED) {
                tally.addRepeated();
            }
            tally.add(end, call);
        }
    }

    private void awaitMore(int requests) {
        int until = tally.requests() + requests;
        await().atMost(PATIENCE).until(() -> tally.requests() >= until);
    }

    private void happened(String what) {
        System.out.println(what + ": " + tally + "; " + turns);
    }
}
