package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.LlmWorkerOptions;
import io.quarkiverse.llm.messaging.MessageHeaders;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Requests come, fail, are cancelled and come again as they like, and everything that a worker promises holds. */
class WorkerPropertyTest {

    private static final int REQUESTS = 40;

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void everyRequestHasOneEnd(@ForAll long seed) {
        Random random = new Random(seed);
        int concurrency = 1 + random.nextInt(4);
        LlmWorkerOptions options = WorkerFixture.options().concurrency(concurrency)
                .maxInFlight(concurrency + random.nextInt(6)).maxAttempts(2).maxUnwrittenEvents(1 + random.nextInt(4)).build();
        try (WorkerFixture fixture = new WorkerFixture(options)) {
            RandomProvider provider = new RandomProvider(seed, fixture::cancel);
            fixture.provider.instead = provider::stream;
            Set<String> refusing = refuseSome(fixture, random);
            List<MessageHeaders> taken = sendAll(fixture, options, random, refusing);
            fixture.settle();

            assertThat(provider.mostRunning()).isLessThanOrEqualTo(concurrency);
            soon(() -> fixture.demand.get() == options.maxInFlight());
            assertOneEndEach(fixture, taken, refusing);
            assertOrder(provider, taken);
            assertNoGaps(fixture);
        }
    }

    /** The last messages of some requests cannot be written the first time. */
    private static Set<String> refuseSome(WorkerFixture fixture, Random random) {
        Set<String> refusing = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < REQUESTS; i++) {
            if (random.nextInt(8) == 0) {
                refusing.add("r" + i);
            }
        }
        fixture.responses.refuse(message -> refusing.contains(message.headers().correlationId())
                ? Optional.of(new IllegalStateException("not now"))
                : Optional.empty());
        return refusing;
    }

    private static List<MessageHeaders> sendAll(WorkerFixture fixture, LlmWorkerOptions options, Random random,
            Set<String> refusing) {
        List<MessageHeaders> taken = new ArrayList<>();
        Map<WorkerFixture.Sent, MessageHeaders> open = new LinkedHashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            MessageHeaders headers = MessageHeaders.of("r" + i);
            if (random.nextBoolean()) {
                headers = headers.withConversation("c" + random.nextInt(4));
            }
            if (random.nextInt(5) == 0) {
                headers = headers.withIdempotencyKey("k" + random.nextInt(3));
            }
            int cancel = random.nextInt(10);
            if (cancel == 0) {
                fixture.cancel("r" + i);
            }
            send(fixture, options, headers, taken, open, refusing);
            if (cancel == 1) {
                fixture.cancel("r" + random.nextInt(i + 1));
            }
            if (random.nextInt(6) == 0) {
                send(fixture, options, taken.get(random.nextInt(taken.size())), taken, open, refusing);
            }
        }
        while (!open.isEmpty()) {
            awaitSome(fixture, open, taken, refusing, () -> open.keySet().stream().anyMatch(WorkerFixture.Sent::isConcluded));
        }
        return taken;
    }

    private static void send(WorkerFixture fixture, LlmWorkerOptions options, MessageHeaders headers,
            List<MessageHeaders> taken, Map<WorkerFixture.Sent, MessageHeaders> open, Set<String> refusing) {
        awaitSome(fixture, open, taken, refusing, () -> fixture.demand.get() > 0);
        assertThat(open.keySet().stream().filter(sent -> !sent.isConcluded()).count()).isLessThan(options.maxInFlight());
        taken.add(headers);
        open.put(fixture.send(headers), headers);
    }

    /** What was refused comes again, as a connector would have it. */
    private static void awaitSome(WorkerFixture fixture, Map<WorkerFixture.Sent, MessageHeaders> open,
            List<MessageHeaders> taken, Set<String> refusing, Callable<Boolean> condition) {
        soon(condition);
        List<MessageHeaders> again = new ArrayList<>();
        for (Iterator<Map.Entry<WorkerFixture.Sent, MessageHeaders>> each = open.entrySet().iterator(); each.hasNext();) {
            Map.Entry<WorkerFixture.Sent, MessageHeaders> one = each.next();
            if (one.getKey().isConcluded()) {
                each.remove();
                if (one.getKey().refused != null) {
                    again.add(one.getValue());
                }
            }
        }
        for (MessageHeaders headers : again) {
            refusing.remove(headers.correlationId());
            soon(() -> fixture.demand.get() > 0);
            taken.add(headers);
            open.put(fixture.send(headers), headers);
        }
        if (!again.isEmpty()) {
            soon(condition);
        }
    }

    private static void soon(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(condition);
    }

    private static void assertOneEndEach(WorkerFixture fixture, List<MessageHeaders> taken, Set<String> refusing) {
        List<String> answeredKeys = new ArrayList<>();
        fixture.responses.all(LlmMessage.Response.class)
                .forEach(response -> answeredKeys.add(response.headers().idempotency()));
        assertThat(answeredKeys).doesNotHaveDuplicates();
        Map<String, Integer> ends = new HashMap<>();
        fixture.responses.all().forEach(end -> ends.merge(end.headers().correlationId(), 1, Integer::sum));
        for (MessageHeaders headers : taken) {
            assertThat(ends).as(headers.toString()).containsEntry(headers.correlationId(), 1);
            assertThat(fixture.events.of(headers.correlationId()).stream().filter(WorkerPropertyTest::isEnd)
                    .map(end -> end.headers().attempt()).toList()).as(headers.toString()).doesNotHaveDuplicates();
        }
        assertThat(refusing).allMatch(id -> !ends.containsKey(id));
    }

    private static boolean isEnd(LlmMessage message) {
        return message instanceof LlmMessage.Failure
                || message instanceof LlmMessage.Event event && event.event() instanceof LlmEvent.ResponseCompleted;
    }

    /** Streams of a conversation never overlap, and begin in the order in which the requests were taken. */
    private static void assertOrder(RandomProvider provider, List<MessageHeaders> taken) {
        Map<String, List<String>> running = new HashMap<>();
        Map<String, List<String>> begun = new HashMap<>();
        Map<String, String> conversations = new HashMap<>();
        taken.forEach(headers -> headers.conversation().ifPresent(line -> conversations.put(headers.correlationId(), line)));
        for (RandomProvider.Step step : provider.steps()) {
            String line = conversations.get(step.correlationId());
            if (line == null) {
                continue;
            }
            List<String> now = running.computeIfAbsent(line, key -> new ArrayList<>());
            if (step.begins()) {
                assertThat(now).isEmpty();
                now.add(step.correlationId());
                List<String> order = begun.computeIfAbsent(line, key -> new ArrayList<>());
                if (order.isEmpty() || !order.get(order.size() - 1).equals(step.correlationId())) {
                    order.add(step.correlationId());
                }
            } else {
                now.remove(step.correlationId());
            }
        }
        begun.forEach((line, order) -> assertThat(taken.stream()
                .filter(headers -> Objects.equals(headers.conversation().orElse(null), line))
                .map(MessageHeaders::correlationId).toList()).containsSubsequence(order));
    }

    private static void assertNoGaps(WorkerFixture fixture) {
        Map<String, List<Long>> sequences = new HashMap<>();
        fixture.events.all().forEach(event -> sequences
                .computeIfAbsent(event.headers().correlationId() + "/" + event.headers().attempt(), key -> new ArrayList<>())
                .add(event.headers().sequence()));
        sequences.forEach((attempt, sequence) -> assertThat(sequence).as(attempt)
                .containsExactlyElementsOf(LongStream.range(0, sequence.size()).boxed().toList()));
    }
}
