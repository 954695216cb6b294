package io.quarkiverse.llm.scripted;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds faults by the names that tests give them. */
final class FaultNames {

    private static final Map<String, Function<String[], Fault>> NAMES = new TreeMap<>();

    static {
        constants(ChatDeviation.values());
        constants(ResponsesDeviation.values());
        constants(Framing.values());
        constants(WebSocketFault.values());
        NAMES.put("split-every-byte", taking(0, arguments -> Fault.splitEveryByte()));
        NAMES.put("split", arguments -> Fault.split(Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray()));
        NAMES.put("split-randomly", taking(2,
                arguments -> Fault.splitRandomly(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]))));
        for (Ending ending : Ending.values()) {
            String name = name(ending);
            if (ending != Ending.END) {
                NAMES.put(name + "-before-head", taking(0, arguments -> new Cut(ending, Cut.Unit.HEAD, 0)));
            }
            for (Cut.Unit unit : List.of(Cut.Unit.EVENTS, Cut.Unit.BYTES)) {
                NAMES.put(name + "-after-" + name(unit),
                        taking(1, arguments -> new Cut(ending, unit, Integer.parseInt(arguments[0]))));
            }
        }
        NAMES.put("close-after-events", taking(2,
                arguments -> Fault.closeAfterEvents(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))));
        NAMES.put("close-at-end", taking(1, arguments -> Fault.closeAtEnd(Integer.parseInt(arguments[0]))));
        NAMES.put("huge-event", taking(1, arguments -> Fault.hugeEvent(Integer.parseInt(arguments[0]))));
        NAMES.put("content-type", arguments -> Fault.contentType(String.join(":", arguments)));
    }

    private FaultNames() {
    }

    private static <F extends Enum<F> & Fault> void constants(F[] faults) {
        for (F fault : faults) {
            NAMES.put(canonical(fault.toString()), taking(0, arguments -> fault));
        }
    }

    private static Function<String[], Fault> taking(int most, Function<String[], Fault> fault) {
        return arguments -> {
            if (arguments.length > most) {
                throw new IllegalArgumentException("it takes " + (most == 0 ? "none" : "no more than " + most));
            }
            return fault.apply(arguments);
        };
    }

    private static String name(Enum<?> constant) {
        return canonical(constant.name());
    }

    private static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Fault find(String text) {
        int colon = text.indexOf(':');
        Function<String[], Fault> fault = NAMES.get(canonical(colon < 0 ? text : text.substring(0, colon)));
        if (fault == null) {
            throw new IllegalArgumentException("There is no fault '" + text + "'. There are: "
                    + String.join(", ", NAMES.keySet()));
        }
        try {
            return fault.apply(colon < 0 ? new String[0] : text.substring(colon + 1).strip().split(":"));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("The fault '" + text + "' needs numbers after its colons, as in "
                    + "drop-after-events:2, split:4:3 (sizes) or split-randomly:7:16 (seed and most)", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The fault '" + text + "' has wrong numbers after its colons: " + e.getMessage(),
                    e);
        }
    }
}
