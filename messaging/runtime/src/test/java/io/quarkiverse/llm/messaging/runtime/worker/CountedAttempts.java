package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.quarkiverse.llm.messaging.HeaderMapping;
import io.quarkiverse.llm.messaging.runtime.channel.HeaderMap;

/** A connector that counts attempts, by correlation id, and can take requests away. */
final class CountedAttempts implements HeaderMapping {

    private final Map<String, Integer> begun = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Revocation>> interested = new ConcurrentHashMap<>();
    final List<String> givenBack = new CopyOnWriteArrayList<>();
    final List<String> unconcluded = new CopyOnWriteArrayList<>();
    final List<String> ofOthers = new CopyOnWriteArrayList<>();
    /** Whether it tells, too. */
    volatile boolean tells;
    /** Whether it throws whatever it is asked. */
    volatile boolean broken;

    @Override
    public String connector() {
        return "counting";
    }

    @Override
    public Optional<UnaryOperator<String>> read(Message<?> message) {
        return message.getMetadata(HeaderMap.class).map(within -> within.headers()::get);
    }

    @Override
    public int earlierAttempts(Message<?> message) {
        fail();
        return tells ? of(correlationId(message)) : 0;
    }

    @Override
    public boolean begins(Message<?> message) {
        fail();
        if (ofOthers.contains(correlationId(message))) {
            return false;
        }
        begun.merge(correlationId(message), 1, Integer::sum);
        return true;
    }

    @Override
    public void whenRevoked(Message<?> message, Consumer<Revocation> told) {
        fail();
        interested.put(correlationId(message), told);
    }

    @Override
    public void givesBack(Message<?> message) {
        givenBack.add(correlationId(message));
    }

    @Override
    public void unconcluded(Message<?> message) {
        unconcluded.add(correlationId(message));
    }

    private void fail() {
        if (broken) {
            throw new IllegalStateException("broken");
        }
    }

    /** As a connector does that knows it before it tells. */
    void revoke(Revocation how) {
        ofOthers.addAll(interested.keySet());
        interested.values().forEach(one -> one.accept(how));
    }

    private static String correlationId(Message<?> message) {
        return message.getMetadata(HeaderMap.class).orElseThrow().headers().getOrDefault("llm-correlation-id", "");
    }

    int of(String correlationId) {
        return begun.getOrDefault(correlationId, 0);
    }

    void put(String correlationId, int attempts) {
        begun.put(correlationId, attempts);
    }

    @Override
    public Object write(Map<String, String> headers, String key, Optional<String> address) {
        return new HeaderMap(headers);
    }
}
