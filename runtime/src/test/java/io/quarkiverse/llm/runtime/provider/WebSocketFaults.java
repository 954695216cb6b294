package io.quarkiverse.llm.runtime.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.WebSocketFault;

/** What may happen to an answer over a WebSocket. */
final class WebSocketFaults {

    private static final int[] CODES = { 1000, 1001, 1002, 1008, 1009, 1011, 1012, 1013, 4000 };

    private WebSocketFaults() {
    }

    /** Some of which the subscriber must not see anything, in its answer or in the next on that connection. */
    static List<Fault> harmless(Random random) {
        List<Fault> faults = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            faults.add(switch (random.nextInt(6)) {
                case 0 -> WebSocketFault.PINGS;
                case 1 -> WebSocketFault.CONNECTION_LIMIT;
                case 2 -> WebSocketFault.STATE_FORGOTTEN;
                case 3 -> WebSocketFault.STRAY_EVENT_AFTER;
                case 4 -> Fault.hugeEvent(1 + random.nextInt(5_000));
                default -> Fault.closeAtEnd(code(random));
            });
        }
        return faults;
    }

    /** One that breaks the answer, or comes after it. */
    static Fault breaking(Random random) {
        int at = random.nextInt(12);
        return switch (random.nextInt(14)) {
            case 0 -> Fault.dropAfterEvents(at);
            case 1 -> Fault.dropAfterBytes(at * 40);
            case 2 -> Fault.resetAfterEvents(at);
            case 3 -> Fault.resetAfterBytes(at * 40);
            case 4 -> Fault.endAfterEvents(at);
            case 5 -> Fault.endAfterBytes(at * 40);
            case 6 -> Fault.dropBeforeHead();
            case 7 -> Fault.resetBeforeHead();
            case 8, 9, 10 -> Fault.closeAfterEvents(at, code(random));
            case 11 -> WebSocketFault.GARBAGE;
            case 12 -> WebSocketFault.STRAY_EVENT_BEFORE;
            default -> WebSocketFault.BINARY_MESSAGE;
        };
    }

    private static int code(Random random) {
        return CODES[random.nextInt(CODES.length)];
    }
}
