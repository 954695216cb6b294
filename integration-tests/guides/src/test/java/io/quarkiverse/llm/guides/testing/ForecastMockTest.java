package io.quarkiverse.llm.guides.testing;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.test.MockLlm;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;

// tag::install[]
@QuarkusTest
class ForecastMockTest {

    private final MockLlm llm = new MockLlm();

    @Inject
    Forecast forecast;

    @BeforeEach
    void install() {
        QuarkusMock.installMockForType(llm, LlmProvider.class, LlmClient.Literal.of(LlmClient.DEFAULT));
    }

    @Test
    void asksForTheWeather() {
        llm.enqueue(Answer.text("It ", "rains."));

        assertThat(forecast.of("Oslo")).isEqualTo("It rains.");
        assertThat(llm.lastRequest()).hasUserMessage("How is the weather in Oslo?");
    }
}
// end::install[]
