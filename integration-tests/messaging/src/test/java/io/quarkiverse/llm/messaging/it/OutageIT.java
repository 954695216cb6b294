package io.quarkiverse.llm.messaging.it;

import static io.quarkiverse.llm.messaging.it.RequestLog.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import io.quarkiverse.llm.gateway.program.PackagedProgram;
import io.quarkiverse.llm.scripted.Answer;

/** What callers see of it when a part of the fleet goes or comes. */
@Timeout(400)
@EnabledIf("io.quarkiverse.llm.gateway.redis.RedisServerProcess#isWanted")
@ExtendWith(SharedFleet.class)
class OutageIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int TOKENS = 10;

    private Fleet fleet;
    private ModelServer model;

    @BeforeEach
    void begin(Fleet shared) {
        fleet = shared;
        model = fleet.model();
        fleet.whole();
        model.reset();
    }

    /** Calls that stop in the middle, the first half of them with content, until they are released. */
    private final class Halted {

        final CompletableFuture<Void> released = new CompletableFuture<>();
        final Map<String, Call> withContent = new LinkedHashMap<>();
        final Map<String, Call> without = new LinkedHashMap<>();

        Halted(String prefix, int each) {
            for (int i = 0; i < each; i++) {
                ask(prefix + "-content-" + i, 2, withContent);
                ask(prefix + "-nothing-" + i, 0, without);
            }
            await().atMost(SOON).until(() -> withContent.values().stream().allMatch(Call::hasContent)
                    && without.keySet().stream().noneMatch(name -> model.requests(name).isEmpty()));
        }

        private void ask(String name, int before, Map<String, Call> calls) {
            model.answer(name, Answer.text(ModelServer.tokens(name, 0, before)).pauseUntil(released)
                    .thenText(ModelServer.tokens(name, before, TOKENS)));
            calls.put(name, fleet.ask(calls.size(), name, TOKENS));
        }

        /** Until the model has said all that it was asked for. */
        void awaitSaid() {
            await().atMost(SOON).until(() -> Stream.of(withContent, without).flatMap(asked -> asked.keySet().stream())
                    .allMatch(name -> model.requests(name).get(0).outcome().toCompletableFuture().isDone()));
        }

        /** The one that has most of them, so that it matters. */
        String busiest() {
            Map<String, Integer> shares = new LinkedHashMap<>();
            withContent.keySet().forEach(name -> shares.merge(worker(name), 1, Integer::sum));
            return shares.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
        }
    }

    /** Who has asked first. */
    private String worker(String name) {
        return ModelServer.worker(model.requests(name).get(0));
    }

    @Test
    void whenAWorkerIsKilledOnlyAnswersThatHadBegunFailAndTheyCanBeAskedForAgain() {
        Halted calls = new Halted("killed", 12);
        String victim = calls.busiest();
        Map<String, String> workers = new LinkedHashMap<>();
        calls.withContent.keySet().forEach(name -> workers.put(name, worker(name)));
        calls.without.keySet().forEach(name -> workers.put(name, worker(name)));
        fleet.kill(victim);
        calls.released.complete(null);

        calls.without.values().forEach(Call::assertAnswered);
        List<Call> repeated = new ArrayList<>();
        calls.withContent.forEach((name, call) -> {
            if (workers.get(name).equals(victim)) {
                assertThat(call.end()).as(call::toString).isEqualTo(Call.End.FAILED);
                assertThat(call.isRetryable()).as(call::toString).isTrue();
                repeated.add(fleet.ask(1, name, TOKENS));
            } else {
                call.assertAnswered();
            }
        });
        assertThat(repeated).isNotEmpty();
        repeated.forEach(Call::assertAnswered);
    }

    @Test
    void aCrashForgetsIdempotencyKeysButNotWhichRecordsAreAnswered() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        model.answer("unfinished", Answer.empty().pauseUntil(released).thenText(ModelServer.tokens("unfinished", 0, 3)));
        Call unfinished = fleet.ask(0, "unfinished", 3);
        ConsumerRecord<String, byte[]> first = fleet.log().awaitRequests(List.of("unfinished"));
        // behind it on its partition, so that the committed offset stays in front of all
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            answered.add(UUID.randomUUID().toString());
            fleet.log().append(first, "unfinished", "answered-" + i, answered.get(i), "key-" + answered.get(i));
        }
        fleet.log().awaitCommitted(first, "llm1:b,f16");
        String key = "key-" + answered.get(0);
        fleet.log().append(first, "unfinished", "in-window", UUID.randomUUID().toString(), key);
        fleet.log().awaitCommitted(first, "llm1:b,f17");
        assertThat(model.requests("in-window")).as("answered within the window").isEmpty();

        fleet.kill(worker("unfinished"));
        fleet.log().append(first, "unfinished", "after-crash", UUID.randomUUID().toString(), key);
        await().atMost(SOON).until(() -> model.requests("unfinished").size() == 2);
        released.complete(null);
        unfinished.assertAnswered();
        fleet.log().awaitAllFinished();
        for (int i = 0; i < 16; i++) {
            assertThat(model.requests("answered-" + i)).hasSize(1);
        }
        assertThat(model.requests("after-crash")).as("the window was in memory").hasSize(1);
        assertThat(fleet.log().records(RequestLog.RESPONSES)).extracting(record -> header(record, "llm-correlation-id"))
                .filteredOn(answered::contains).containsExactlyInAnyOrderElementsOf(answered);
    }

    /** To be away for longer than a session lasts is no other case: when it is back, the groups still have their members. */
    @Test
    void whenTheBrokerIsAwayAnswersStopAndGoOn() {
        Halted calls = new Halted("broker", 8);
        fleet.kafka().stop();
        calls.released.complete(null);
        calls.awaitSaid();
        fleet.awaitNobodyReady();
        fleet.kafka().start();
        calls.withContent.values().forEach(Call::assertAnswered);
        calls.without.values().forEach(Call::assertAnswered);
        fleet.ask(0, "afterwards", 3).assertAnswered();
        fleet.ask(1, "afterwards-too", 3).assertAnswered();
        calls.withContent.keySet().forEach(name -> assertThat(model.requests(name)).as(name).hasSize(1));
    }

    @Test
    void aWorkerThatIsToldToEndFinishesAnswersAndGivesTheOthersBack() {
        Halted finishing = new Halted("finishing", 4);
        List<Call> givenBack = new ArrayList<>();
        CompletableFuture<Void> never = new CompletableFuture<>();
        for (int i = 0; i < 8; i++) {
            String name = "back-" + i;
            model.answer(name, Answer.empty().pauseUntil(never).thenText(ModelServer.tokens(name, 0, TOKENS)));
            givenBack.add(fleet.ask(i, name, TOKENS));
        }
        await().atMost(SOON).until(() -> {
            for (int i = 0; i < 8; i++) {
                if (model.requests("back-" + i).isEmpty()) {
                    return false;
                }
            }
            return true;
        });
        PackagedProgram ending = fleet.beginToTerminate(finishing.busiest());
        finishing.released.complete(null);
        finishing.withContent.values().forEach(Call::assertAnswered);
        finishing.without.values().forEach(Call::assertAnswered);
        assertThat(ending.awaitExit()).as(ending::log).isEqualTo(143);
        ending.close();
        never.complete(null);
        givenBack.forEach(Call::assertAnswered);
    }

    @Test
    void aWorkerThatComesTakesItsShareAndNobodyNotices() {
        List<Call> calls = new ArrayList<>();
        String added = fleet.startWorker();
        int[] number = { 0 };
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100)).until(() -> {
            String name = "growing-" + number[0];
            calls.add(fleet.ask(number[0]++, name, TOKENS));
            return number[0] > 3 && model.requests("growing-" + (number[0] - 4)).stream()
                    .anyMatch(request -> ModelServer.worker(request).equals(added));
        });
        calls.forEach(Call::assertAnswered);
    }
}
