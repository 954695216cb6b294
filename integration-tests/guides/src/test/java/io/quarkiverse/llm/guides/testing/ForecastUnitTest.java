package io.quarkiverse.llm.guides.testing;

// tag::unit[]
import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.test.MockLlm;

class ForecastUnitTest {

    private final MockLlm llm = new MockLlm();
    private final Forecast forecast = new Forecast(llm);

    @Test
    void asksForTheWeather() {
        llm.enqueue(Answer.text("It ", "rains."));

        assertThat(forecast.of("Oslo")).isEqualTo("It rains.");

        assertThat(llm.lastRequest()).hasSystemMessage("Be brief.").hasUserMessage("How is the weather in Oslo?")
                .offersTool("thermometer");
    }

    @Test
    void tellsTheModelWhatTheToolSaid() {
        llm.enqueue(Answer.toolCall("call_1", "thermometer", "{\"city\":\"Oslo\"}"), Answer.text("It is warm."));

        assertThat(forecast.of("Oslo")).isEqualTo("It is warm.");

        assertThat(llm.lastRequest()).hasToolOutput("call_1", "21 degrees");
    }

    @Test
    void hasNoForecastWhenTheAnswerIsCut() {
        llm.enqueue(Answer.text("It ", "rains.").with(Fault.dropAfterBytes(100)));

        assertThat(forecast.of("Oslo")).isEqualTo("No forecast today.");
    }
    // end::unit[]

    // tag::respond[]
    @Test
    void forecastsForEachCity() {
        llm.respond(request -> Answer.text(((Message) request.input().get(0)).text().contains("Oslo") ? "Rain." : "Sun."));

        assertThat(forecast.of("Oslo")).isEqualTo("Rain.");
        assertThat(forecast.of("Rome")).isEqualTo("Sun.");
        assertThat(llm.requests()).hasSize(2);
    }
    // end::respond[]
}
