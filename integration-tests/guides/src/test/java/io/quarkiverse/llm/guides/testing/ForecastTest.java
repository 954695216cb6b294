package io.quarkiverse.llm.guides.testing;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;

// tag::quarkus[]
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class) // <1>
class ForecastTest {

    ScriptedServer llm; // <2>

    @Inject
    Forecast forecast;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void callsTheTool() {
        llm.enqueue(Answer.toolCall("call_1", "thermometer", "{\"ci", "ty\":\"Oslo\"}"), Answer.text("It is warm."));

        assertThat(forecast.of("Oslo")).isEqualTo("It is warm.");

        assertThat(llm.takeRequest()).isChatCompletion().hasModel("scripted") // <3>
                .hasUserMessage("How is the weather in Oslo?").offersTool("thermometer").hasNoField("/temperature");
        assertThat(llm.takeRequest()).hasRoles("system", "user", "assistant", "tool")
                .hasToolOutput("call_1", "21 degrees");
    }

    @Test
    void stopsTheModelWhenNobodyListensAnyMore() {
        llm.enqueue(Answer.endless());

        Multi<String> firstWords = forecast.tell("Oslo").select().first(3);

        assertThat(firstWords.collect().asList().await().indefinitely()).hasSize(3);
        assertThat(llm.takeRequest()).isStreaming().wasCancelled(); // <4>
    }
    // end::quarkus[]

    @Test
    void streamsWhatComes() {
        llm.enqueue(Answer.text("It ", "rains."));

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).containsExactly("It ", "rains.");
        RecordedRequest request = llm.takeRequest();
        assertThat(request).isStreaming();
    }
}
