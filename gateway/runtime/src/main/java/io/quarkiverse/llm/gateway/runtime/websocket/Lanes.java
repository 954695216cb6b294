package io.quarkiverse.llm.gateway.runtime.websocket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * The requests of a connection. Those of one lane are answered one after the other, those of several at a time, as many as may
 * be; the rest wait, in the order in which they came.
 */
final class Lanes {

    private final WebSocketLimits limits;
    /** All there were. */
    private final Set<String> named = new HashSet<>();
    private final Set<Optional<String>> busy = new HashSet<>();
    private final List<LaneExchange> inFlight = new ArrayList<>();
    private final Queue<LaneExchange> waiting = new ArrayDeque<>();

    Lanes(WebSocketLimits limits) {
        this.limits = limits;
    }

    void add(LaneExchange exchange) {
        if (exchange.lane().isPresent() && !opens(exchange.lane().get())) {
            exchange.fail(new InvalidRequestException("This WebSocket connection has reached its maximum number of distinct"
                    + " stream IDs (" + limits.maxLanes() + "). Reuse an existing stream_id or open a new WebSocket"
                    + " connection.", "stream_id", "websocket_stream_limit_reached"));
        } else if (mayBegin(exchange)) {
            begin(exchange);
        } else if (waiting.size() >= limits.maxQueued()) {
            exchange.fail(RefusedException.queueLimit(limits.maxQueued()));
        } else {
            waiting.add(exchange);
        }
    }

    private boolean opens(String lane) {
        if (named.size() < limits.maxLanes()) {
            named.add(lane);
        }
        return named.contains(lane);
    }

    private boolean mayBegin(LaneExchange exchange) {
        return inFlight.size() < limits.maxInFlight() && !busy.contains(exchange.lane());
    }

    private void begin(LaneExchange exchange) {
        busy.add(exchange.lane());
        inFlight.add(exchange);
        exchange.begin();
    }

    /** It has its answer: the next may have theirs. One that never began changes nothing. */
    void ended(LaneExchange exchange) {
        if (inFlight.remove(exchange)) {
            busy.remove(exchange.lane());
        }
        Iterator<LaneExchange> next = waiting.iterator();
        List<LaneExchange> due = new ArrayList<>();
        Set<Optional<String>> lanes = new HashSet<>();
        while (next.hasNext() && inFlight.size() + due.size() < limits.maxInFlight()) {
            LaneExchange candidate = next.next();
            if (mayBegin(candidate) && lanes.add(candidate.lane())) {
                next.remove();
                due.add(candidate);
            }
        }
        due.forEach(this::begin);
    }

    boolean isIdle() {
        return inFlight.isEmpty() && waiting.isEmpty();
    }

    /** Nobody waits for an answer any more. */
    void leave() {
        List<LaneExchange> left = new ArrayList<>(inFlight);
        left.addAll(waiting);
        inFlight.clear();
        waiting.clear();
        left.forEach(LaneExchange::leave);
    }
}
