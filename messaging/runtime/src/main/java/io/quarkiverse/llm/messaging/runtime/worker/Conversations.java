package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A line for each conversation: who stands at its head has the turn. Not thread-safe. */
final class Conversations<T> {

    private final Map<String, Deque<T>> lines = new HashMap<>();

    /** Whether it has the turn; else somebody before it leaves first. */
    boolean enter(String conversation, T newcomer) {
        Deque<T> line = lines.computeIfAbsent(conversation, key -> new ArrayDeque<>(2));
        line.add(newcomer);
        return line.size() == 1;
    }

    /** Who has the turn because this one left; nobody when it stood further behind, or was the last. */
    Optional<T> leave(String conversation, T leaver) {
        Deque<T> line = lines.get(conversation);
        if (line == null) {
            return Optional.empty();
        }
        boolean head = line.peek() == leaver;
        line.remove(leaver);
        if (line.isEmpty()) {
            lines.remove(conversation);
        }
        return head ? Optional.ofNullable(line.peek()) : Optional.empty();
    }

    int size() {
        return lines.size();
    }
}
