package io.quarkiverse.llm.guides.testing;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

// tag::recording[]
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class RecordedForecastTest {

    static final Path RECORDINGS = Path.of("src/test/resources/recordings");
    static final Path OSLO = RECORDINGS.resolve("20261121-142233.123-default-1");

    ScriptedServer llm;

    @Inject
    Forecast forecast;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void tellsWhatWasToldThen() {
        // tag::replay[]
        llm.enqueue(Answer.recording(OSLO));
        // end::replay[]

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).containsExactly("It ", "rains.");
        assertThat(llm.takeRequest()).hasSameBodyAs(RecordedRequest.recording(OSLO)); // <1>
    }

    @Test
    void tellsItAsSlowly() {
        llm.enqueue(Answer.recording(OSLO).withTiming(4)); // <2>

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).hasSize(2);
    }

    @Test
    void playsAWholeSession() {
        llm.enqueue(Answer.recordings(RECORDINGS)); // <3>

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).hasSize(2);
    }
}
// end::recording[]
