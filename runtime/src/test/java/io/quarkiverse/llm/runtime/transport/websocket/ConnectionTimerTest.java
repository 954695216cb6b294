package io.quarkiverse.llm.runtime.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class ConnectionTimerTest {

    private static final long LONGEST = Duration.ofMinutes(55).toNanos();

    @Test
    void connectionsGrowOldAtTimesOfTheirOwnAndNoneLaterThanTheSetting() {
        assertThat(ConnectionTimer.lifetime(LONGEST, 0)).isEqualTo(LONGEST);
        assertThat(ConnectionTimer.lifetime(LONGEST, 0.5)).isEqualTo(Duration.ofMinutes(55).minusSeconds(165).toNanos());
        assertThat(ConnectionTimer.lifetime(LONGEST, 1)).isEqualTo(Duration.ofMinutes(55).minusSeconds(330).toNanos());
    }
}
