package io.quarkiverse.llm.guides.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

// tag::arguments[]
@QuarkusTest
@WithTestResource(value = ScriptedLlmTestResource.class, initArgs = {
        @ResourceArg(name = "model", value = "tiny"),
        @ResourceArg(name = "faults", value = "content-as-array, comments, gzip") })
class SloppyProviderTest {

    ScriptedServer llm;

    @Inject
    Forecast forecast;

    @Test
    void tellsAllTheSame() {
        llm.enqueue(Answer.text("It ", "rains."));

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).containsExactly("It ", "rains.");
    }
}
// end::arguments[]
