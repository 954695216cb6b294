package io.quarkiverse.llm.guides.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_NONE;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.test.MockLlm;

class SloppyServerTest {

    private final MockLlm llm = new MockLlm();
    private final Forecast forecast = new Forecast(llm);

    // tag::deviations[]
    @ParameterizedTest
    @EnumSource(value = ChatDeviation.class, mode = MATCH_NONE, names = "ERROR_FRAME.*")
    void survivesWhatServersDo(ChatDeviation deviation) {
        llm.enqueue(Answer.reasoning("Clouds?").thenText("It ", "rains.").with(deviation, Fault.splitEveryByte()));

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).containsExactly("It ", "rains.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop-before-head", "reset-after-bytes:10", "stall-before-head", "end-after-bytes:20" })
    void hasNoForecastWithoutAnAnswer(String fault) {
        llm.enqueue(Answer.text("It ", "rains.").with(Fault.named(fault)));

        assertThat(forecast.of("Oslo")).isEqualTo("No forecast today.");
    }
    // end::deviations[]
}
