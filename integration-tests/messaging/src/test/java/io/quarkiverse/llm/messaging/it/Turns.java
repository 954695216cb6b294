package io.quarkiverse.llm.messaging.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.quarkiverse.llm.scripted.RecordedRequest;

/** What the model sees of conversations: when which turn begins, and whether the one before it has ended then. */
final class Turns {

    /** In a request; it has the turns before in front of its own. */
    private static final Pattern TURN = Pattern.compile("(talk-\\d+)-\\d+(?= \\d)");

    private final Map<String, List<RecordedRequest>> begun = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> order = new ConcurrentHashMap<>();
    private final List<String> overlaps = new CopyOnWriteArrayList<>();

    static String name(int conversation, int turn) {
        return "talk-" + conversation + "-" + turn;
    }

    /** The model answers these turns as it always does, and it is noted. */
    void watch(ModelServer model, int conversation, int turn, int tokens) {
        String name = name(conversation, turn);
        model.answer(name, request -> {
            begin(name.substring(0, name.lastIndexOf('-')), name, request);
            return ModelServer.slow(name, tokens);
        });
    }

    /** On the model's event loop. */
    private void begin(String conversation, String name, RecordedRequest request) {
        List<RecordedRequest> earlier = begun.computeIfAbsent(conversation, id -> new ArrayList<>());
        earlier.stream().filter(one -> !one.outcome().toCompletableFuture().isDone()).forEach(one -> overlaps.add(
                name + ", asked by " + ModelServer.worker(request) + ", began during what " + ModelServer.worker(one)
                        + " had asked: " + one));
        earlier.add(request);
        order.computeIfAbsent(conversation, id -> new LinkedHashSet<>()).add(name);
    }

    /** No two at once, and each began, for the first time, in the order in which they stand in the log. */
    void assertInOrder(RequestLog log) {
        assertThat(overlaps).isEmpty();
        Map<String, Set<String>> requested = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : log.records(RequestLog.REQUESTS)) {
            Matcher turns = TURN.matcher(new String(record.value(), UTF_8));
            String last = null;
            String conversation = null;
            while (turns.find()) {
                last = turns.group();
                conversation = turns.group(1);
            }
            if (last != null) {
                requested.computeIfAbsent(conversation, id -> new LinkedHashSet<>()).add(last);
            }
        }
        assertThat(requested).isNotEmpty();
        assertThat(order.keySet()).isEqualTo(requested.keySet());
        requested.forEach((conversation, turns) -> assertThat(order.get(conversation)).as(conversation)
                .containsExactlyElementsOf(turns));
    }

    @Override
    public String toString() {
        return order.values().stream().mapToInt(Set::size).sum() + " turns of " + order.size() + " conversations, begun "
                + begun.values().stream().mapToInt(List::size).sum() + " times";
    }
}
