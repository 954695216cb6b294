package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/**
 * Which output of a conversation answers which call. An output answers the first call of its id that stands before it, in the
 * latest turn with such a one, and has no output yet. What is said of an item depends on it and on those before it alone, and
 * so stays when the conversation grows; only whether a call has an output does not.
 */
final class CallPairs {

    private static final int MAX_ID_LENGTH = 64;

    /** What an output is to the calls before it. */
    enum Kind {
        ANSWER,
        /** The call has an output already. */
        REPEATED,
        /** There is no such call. */
        ORPHAN
    }

    private final Map<Integer, Integer> answers = new HashMap<>();
    private final Map<Integer, Integer> outputs = new HashMap<>();
    private final Map<Integer, String> callIds = new HashMap<>();
    private final Map<Integer, Kind> kinds = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Deque<Integer>> open = new HashMap<>();
    private final Map<Integer, Integer> turns = new HashMap<>();

    static CallPairs of(List<Item> items) {
        CallPairs pairs = new CallPairs();
        int turn = 0;
        boolean speaks = false;
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            boolean others = item instanceof ToolOutput || item instanceof Message message && message.role() != Role.ASSISTANT;
            if (others && speaks) {
                turn++;
            }
            speaks = !others;
            if (item instanceof ToolCall call) {
                pairs.addCall(i, call.callId(), turn);
            } else if (item instanceof ToolOutput output) {
                pairs.addOutput(i, output.callId());
            }
        }
        return pairs;
    }

    private void addCall(int index, String callId, int turn) {
        Deque<Integer> waiting = open.computeIfAbsent(callId, id -> new ArrayDeque<>());
        if (!waiting.isEmpty() && turns.get(waiting.peekLast()) != turn) {
            waiting.clear();
        }
        waiting.add(index);
        turns.put(index, turn);
        callIds.put(index, unique(callId));
    }

    /** Ids that repeat, as of servers that count anew in each answer, are told apart: strict servers ask for that. */
    private String unique(String callId) {
        String base = callId.isEmpty() ? "call" : callId;
        String id = callId.isEmpty() ? base + "_1" : base;
        for (int count = 2; !taken.add(id); count++) {
            id = base + "_" + count;
            if (id.length() > MAX_ID_LENGTH) {
                id = "call_" + ToolNames.digest(base) + "_" + count;
            }
        }
        return id;
    }

    private void addOutput(int index, String callId) {
        Deque<Integer> waiting = open.get(callId);
        if (waiting == null) {
            kinds.put(index, Kind.ORPHAN);
        } else if (waiting.isEmpty()) {
            kinds.put(index, Kind.REPEATED);
        } else {
            int call = waiting.remove();
            kinds.put(index, Kind.ANSWER);
            answers.put(call, index);
            outputs.put(index, call);
        }
    }

    /** The place of the call's output, or -1. */
    int outputOf(int call) {
        return answers.getOrDefault(call, -1);
    }

    /** The place of the call that an output answers, or -1. */
    int callOf(int output) {
        return outputs.getOrDefault(output, -1);
    }

    /** An id that no call before has. */
    String callId(int call) {
        return callIds.get(call);
    }

    Kind kind(int output) {
        return kinds.get(output);
    }
}
