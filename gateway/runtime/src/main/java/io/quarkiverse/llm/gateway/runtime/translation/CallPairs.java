package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayDeque;
import java.util.Arrays;
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

    private static final int NONE = -1;
    private static final int REPEATED = -2;
    private static final int MAX_ID_LENGTH = 64;

    /** By the place of either, the place of the other. */
    private final int[] others;
    /** By the place of the call. */
    private final String[] callIds;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Waiting> waiting = new HashMap<>();

    /** The calls of one id and one turn that have no output yet. */
    private static final class Waiting {
        private final Deque<Integer> calls = new ArrayDeque<>(1);
        private int turn;
        /** How many calls of that id there were. */
        private int count;
    }

    private CallPairs(int size) {
        others = new int[size];
        Arrays.fill(others, NONE);
        callIds = new String[size];
    }

    static CallPairs of(List<Item> items) {
        CallPairs pairs = new CallPairs(items.size());
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
        Waiting same = waiting.computeIfAbsent(callId, id -> new Waiting());
        if (same.turn != turn) {
            same.turn = turn;
            same.calls.clear();
        }
        same.calls.add(index);
        callIds[index] = unique(callId, same);
    }

    /** Ids that repeat, as of servers that count anew in each answer, are told apart: strict servers ask for that. */
    private String unique(String callId, Waiting same) {
        String base = callId.isEmpty() ? "call" : callId;
        String id = callId;
        do {
            same.count++;
            if (same.count > 1 || callId.isEmpty()) {
                id = base + "_" + same.count;
                id = id.length() > MAX_ID_LENGTH ? "call_" + ToolNames.digest(base) + "_" + same.count : id;
            }
        } while (!taken.add(id));
        return id;
    }

    private void addOutput(int index, String callId) {
        Waiting same = waiting.get(callId);
        if (same != null && !same.calls.isEmpty()) {
            int call = same.calls.remove();
            others[call] = index;
            others[index] = call;
        } else if (same != null) {
            others[index] = REPEATED;
        }
    }

    /** The place of the output of the call, or of the call of the output; negative when there is none. */
    int other(int place) {
        return others[place];
    }

    /** An id that no call before has. */
    String callId(int call) {
        return callIds[call];
    }

    /** Whether the output is one of a call before it that has one already. */
    boolean isRepeated(int output) {
        return others[output] == REPEATED;
    }
}
