package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.ToolCall.Kind;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/**
 * Finds the ids of calls and outputs that came without one. The same history gives the same ids, so that prompt caches hit.
 */
final class CallIds {

    private final List<JsonValue> input;
    /** The calls so far in their order, without those that an output without an id was found to answer. */
    private final Deque<String> calls = new ArrayDeque<>();
    private final Set<String> custom = new HashSet<>();
    /** Those that an output names; {@code null} while nobody has asked. */
    private Set<String> answered;

    CallIds(List<JsonValue> input) {
        this.input = input;
    }

    /** Under which name outputs have the id of their call; the second is that of Chat Completions. */
    static Optional<String> said(JsonFields item) {
        return OddFields.word(item, "call_id").or(() -> OddFields.word(item, "tool_call_id"));
    }

    void called(String callId, Kind kind) {
        calls.add(callId);
        if (kind == Kind.CUSTOM) {
            custom.add(callId);
        }
    }

    /** What the call was of, as an output does not tell that says no more than the id. */
    Kind kindOf(String callId) {
        return custom.contains(callId) ? Kind.CUSTOM : Kind.FUNCTION;
    }

    /** An id for a call that has none. */
    String ofCall(JsonFields call, int index) {
        return OddFields.word(call, "id").orElseGet(() -> made(index));
    }

    /** The oldest call that no output answers; empty when there is none. */
    Optional<String> ofOutput() {
        if (answered == null) {
            answered = new HashSet<>();
            input.stream().filter(JsonValue::isObject).map(JsonValue::object)
                    .filter(item -> item.has("output") || ChatMessages.isOutput(item))
                    .forEach(item -> said(item).ifPresent(answered::add));
        }
        while (!calls.isEmpty()) {
            String call = calls.poll();
            if (!answered.contains(call)) {
                return Optional.of(call);
            }
        }
        return Optional.empty();
    }

    static String made(int index) {
        return "call_of_input_" + index;
    }
}
