package io.quarkiverse.llm.runtime.provider;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.runtime.provider.Trial.Medium;

/** All that may happen on both sides, in every order of demand, cancellation and faults, on a few connections. */
@Timeout(120)
class TrialsOverWebSocketTest {

    private static final long SEED = 42;

    @ParameterizedTest
    @EnumSource(names = { "WEBSOCKET", "EITHER" })
    void eachOfManyStreamsInTurnEndsAsItMay(Medium medium) {
        try (Trials trials = new Trials(medium, SEED)) {
            for (int i = 0; i < 400; i++) {
                trials.atATime(i, 1);
            }
            trials.closeProviders();
            trials.assertConnectionsGo();
        }
    }

    @ParameterizedTest
    @EnumSource(names = { "WEBSOCKET", "EITHER" })
    void eachOfManyStreamsAtATimeEndsAsItMay(Medium medium) {
        try (Trials trials = new Trials(medium, SEED)) {
            trials.atATime(0, 400);
            trials.closeProviders();
            trials.assertConnectionsGo();
        }
    }
}
