package io.quarkiverse.llm.runtime.provider;

import java.util.Random;

/**
 * How a subscriber behaves.
 *
 * @param demand how it asks for events
 * @param disturbance what else it does
 * @param at after how many events, or microseconds
 * @param place where it subscribes
 */
record Behaviour(Demand demand, Disturbance disturbance, int at, Place place, long seed) {

    enum Demand {
        ALL,
        /** A few at a time, asked for within the signal. */
        FEW,
        /** A few at a time, asked for later from another thread. */
        FEW_FROM_ELSEWHERE
    }

    enum Disturbance {
        NONE,
        CANCELS_AT_ONCE,
        CANCELS_WITHIN_A_SIGNAL,
        CANCELS_FROM_ELSEWHERE,
        THROWS_AT_ONCE,
        THROWS_WITHIN_A_SIGNAL,
        THROWS_AT_THE_END
    }

    enum Place {
        NO_CONTEXT,
        EVENT_LOOP,
        WORKER
    }

    private static Behaviour of(Random random, Disturbance disturbance) {
        Place place = switch (random.nextInt(6)) {
            case 0 -> Place.WORKER;
            case 1, 2 -> Place.EVENT_LOOP;
            default -> Place.NO_CONTEXT;
        };
        int at = disturbance == Disturbance.CANCELS_FROM_ELSEWHERE ? random.nextInt(3000) : random.nextInt(6);
        return new Behaviour(Demand.values()[random.nextInt(Demand.values().length)], disturbance, at, place,
                random.nextLong());
    }

    static Behaviour reading(Random random) {
        return of(random, Disturbance.NONE);
    }

    static Behaviour cancelling(Random random) {
        return of(random, switch (random.nextInt(5)) {
            case 0 -> Disturbance.CANCELS_AT_ONCE;
            case 1 -> Disturbance.CANCELS_WITHIN_A_SIGNAL;
            default -> Disturbance.CANCELS_FROM_ELSEWHERE;
        });
    }

    static Behaviour cancellingElsewhere(Random random) {
        return of(random, Disturbance.CANCELS_FROM_ELSEWHERE);
    }

    static Behaviour throwing(Random random) {
        return of(random, switch (random.nextInt(4)) {
            case 0 -> Disturbance.THROWS_AT_ONCE;
            case 1 -> Disturbance.THROWS_AT_THE_END;
            default -> Disturbance.THROWS_WITHIN_A_SIGNAL;
        });
    }

    boolean isPatient() {
        return disturbance == Disturbance.NONE;
    }
}
