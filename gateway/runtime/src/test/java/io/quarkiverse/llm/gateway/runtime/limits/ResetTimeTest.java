package io.quarkiverse.llm.gateway.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResetTimeTest {

    @ParameterizedTest
    @CsvSource({ "PT0S,0ms", "PT0.12S,120ms", "PT0.0001S,1ms", "PT1S,1s", "PT1.2S,2s", "PT6M,6m0s", "PT59.5S,1m0s",
            "PT1H30S,1h0m30s" })
    void itReadsAsThatOfOpenAi(Duration time, String text) {
        assertThat(ResetTime.text(time)).isEqualTo(text);
    }
}
