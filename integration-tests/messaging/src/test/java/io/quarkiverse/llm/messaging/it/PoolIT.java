package io.quarkiverse.llm.messaging.it;

import static io.quarkiverse.llm.messaging.it.RequestLog.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What callers of a fleet can rely on while nothing of it breaks. */
@Timeout(400)
@EnabledIf("io.quarkiverse.llm.gateway.redis.RedisServerProcess#isWanted")
@ExtendWith(SharedFleet.class)
class PoolIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    /** In bytes. Each program of the fleet has 256 MB. */
    private static final long A_PART_OF_THE_MEMORY = 32 << 20;

    private Fleet fleet;
    private ModelServer model;

    @BeforeEach
    void begin(Fleet shared) {
        fleet = shared;
        model = fleet.model();
        fleet.whole();
        model.reset();
    }

    @Test
    void bothWorkersAnswerWhatComesToBothGateways() {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            calls.add(fleet.ask(i, "plain-" + i, 40));
        }
        calls.forEach(Call::assertAnswered);
        Set<String> workers = new TreeSet<>();
        for (int i = 0; i < 24; i++) {
            List<RecordedRequest> asked = model.requests("plain-" + i);
            assertThat(asked).hasSize(1);
            workers.add(ModelServer.worker(asked.get(0)));
        }
        assertThat(workers).hasSize(2);
    }

    @Test
    void turnsOfAConversationAreAnsweredOneAfterTheOtherWhicheverGatewayTheyComeTo() {
        List<String> conversations = List.of(fleet.conversation(), fleet.conversation(), fleet.conversation());
        Map<String, List<String>> seen = new ConcurrentHashMap<>();
        List<String> overlaps = new CopyOnWriteArrayList<>();
        List<Call> calls = new ArrayList<>();
        CompletableFuture<Void> released = new CompletableFuture<>();
        for (int turn = 0; turn < 5; turn++) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < conversations.size(); i++) {
                String conversation = conversations.get(i);
                String name = "turn-" + i + "-" + turn;
                String before = "turn-" + i + "-" + (turn - 1);
                names.add(name);
                model.answer(name, request -> {
                    // turns that are not finished
                    model.requests(before).stream().filter(one -> !one.outcome().toCompletableFuture().isDone())
                            .forEach(one -> overlaps.add(before + " and " + name));
                    seen.computeIfAbsent(conversation, id -> new CopyOnWriteArrayList<>()).add(name);
                    return Answer.empty().pauseUntil(released).thenText(ModelServer.tokens(name, 0, 5));
                });
                calls.add(Call.start(fleet.gateway(turn + i), Fleet.request(name, 5).put("conversation", conversation),
                        ModelServer.text(name, 5)));
            }
            // the order is that of the log
            fleet.log().awaitRequests(names);
        }
        await().atMost(SOON).until(() -> seen.size() == conversations.size());
        released.complete(null);
        calls.forEach(Call::assertAnswered);
        assertThat(overlaps).isEmpty();
        for (int i = 0; i < conversations.size(); i++) {
            assertThat(seen.get(conversations.get(i))).containsExactly("turn-" + i + "-0", "turn-" + i + "-1",
                    "turn-" + i + "-2", "turn-" + i + "-3", "turn-" + i + "-4");
        }
    }

    @Test
    void aTurnGoesOnAtTheOtherGatewayWhereTheOneBeforeItEnded() {
        Call first = fleet.ask(0, "first", 5);
        first.assertAnswered();
        Call second = Call.start(fleet.gateway(1), Fleet.request("second", 5).put("previous_response_id", first.id()),
                ModelServer.text("second", 5));
        second.assertAnswered();
        JsonArray messages = model.requests("second").get(0).json().getJsonArray("messages");
        assertThat(messages.stream().map(message -> ((JsonObject) message).getString("content"))).containsExactly(
                ModelServer.prompt("first", 5), ModelServer.text("first", 5), ModelServer.prompt("second", 5));
    }

    @Test
    void whenACallerHangsUpTheStreamOfTheModelIsClosed() throws Exception {
        model.answer("left", Answer.text("begun").pauseUntil(new CompletableFuture<>()).thenText("never"));
        Call call = fleet.ask(0, "left", 1);
        await().atMost(SOON).until(call::hasContent);
        call.hangUp();
        assertThat(model.requests("left").get(0).awaitOutcome(SOON)).isEqualTo(Outcome.CLIENT_CLOSED);
        fleet.log().awaitAllFinished();
        assertThat(model.requests("left")).hasSize(1);
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersWithTheReasonAndHoldsNobodyUp() {
        byte[] poison = { '{', 0, 'p', 'o', 'i', 's', 'o', 'n', (byte) 0xff };
        List<Call> calls = new ArrayList<>();
        for (int partition = 0; partition < 8; partition++) {
            fleet.log().append(new ProducerRecord<>(RequestLog.REQUESTS, partition, "poison-" + partition, poison));
            calls.add(fleet.ask(partition, "beside-" + partition, 5));
        }
        calls.forEach(Call::assertAnswered);
        fleet.log().awaitAllFinished();
        List<ConsumerRecord<String, byte[]>> letters = fleet.log().records(RequestLog.DEAD_LETTERS).stream()
                .filter(letter -> Arrays.equals(letter.value(), poison)).toList();
        assertThat(letters).hasSize(8).allSatisfy(letter -> assertThat(header(letter, "llm-reason")).isNotBlank());
    }

    @Test
    void aRecordThatIsDeliveredAgainIsNotAnsweredAgain() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        model.answer("twice", Answer.text(ModelServer.tokens("twice", 0, 1)).pauseUntil(released)
                .thenText(ModelServer.tokens("twice", 1, 3)));
        Call call = fleet.ask(0, "twice", 3);
        await().atMost(SOON).until(call::hasContent);
        ConsumerRecord<String, byte[]> record = fleet.log().awaitRequests(List.of("twice"));
        fleet.log().repeat(record);
        released.complete(null);
        call.assertAnswered();
        fleet.log().repeat(record);
        fleet.log().awaitAllFinished();
        assertThat(model.requests("twice")).hasSize(1);
        String correlation = header(record, "llm-correlation-id");
        assertThat(fleet.log().records(RequestLog.RESPONSES).stream().filter(about(correlation))).hasSize(1);
    }

    @Test
    void aGatewayWithATopicOfItsOwnGetsItsAnswersThereAndNowhereElse() {
        fleet.ask(1, "own-topic", 5).assertAnswered();
        ConsumerRecord<String, byte[]> record = fleet.log().awaitRequests(List.of("own-topic"));
        fleet.log().awaitAllFinished();
        String correlation = header(record, "llm-correlation-id");
        assertThat(header(record, "llm-reply-to")).isEqualTo(Fleet.EVENTS_OF_SECOND);
        assertThat(fleet.log().records(Fleet.EVENTS_OF_SECOND)).anyMatch(about(correlation));
        assertThat(fleet.log().records(RequestLog.EVENTS)).noneMatch(about(correlation));
        assertThat(fleet.log().records(RequestLog.RESPONSES)).noneMatch(about(correlation));
    }

    private static Predicate<ConsumerRecord<String, byte[]>> about(String correlation) {
        return record -> correlation.equals(header(record, "llm-correlation-id"));
    }

    /** How long it takes until eight answers of a second are there. */
    private Duration answered(String prefix) {
        long begun = System.nanoTime();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(fleet.ask(0, prefix + "-" + i, 40));
        }
        calls.forEach(Call::assertAnswered);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void whoDoesNotReadSlowsNobodyAndFillsNoMemory() {
        answered("warm");
        Duration alone = answered("alone");
        model.answer("slow", Answer.endless("x".repeat(500)));
        CompletableFuture<Void> reading = new CompletableFuture<>();
        Call slow = Call.start(fleet.gateway(0), Fleet.request("slow", 1), "", reading);
        await().atMost(SOON).until(() -> !model.requests("slow").isEmpty());
        RecordedRequest endless = model.requests("slow").get(0);

        Duration beside = answered("beside");

        assertThat(endless.awaitOutcome(SOON)).isEqualTo(Outcome.CLIENT_CLOSED);
        System.out.println("Beside one who does not read, answers of 1 s took " + beside.toMillis() + " ms, and "
                + alone.toMillis() + " ms before; the model had sent him " + endless.bytesWritten() / 1024 + " KB");
        // 1 MB may wait for him; the rest is in sockets and Kafka, and comes until the model hears that nobody wants it
        assertThat(endless.bytesWritten()).isLessThan(A_PART_OF_THE_MEMORY);
        // he is sent as much as goes until he is cut off, which takes its part of the machine
        assertThat(beside).isLessThan(alone.multipliedBy(8));
        reading.complete(null);
        assertThat(slow.end()).as(slow::toString).isEqualTo(Call.End.FAILED);
        assertThat(fleet.gateways()).allSatisfy(gateway -> {
            assertThat(gateway.isAlive()).isTrue();
            assertThat(gateway.log()).doesNotContain("OutOfMemory");
        });
    }
}
