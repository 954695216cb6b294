package io.quarkiverse.llm.guides.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;

// tag::mockito[]
@QuarkusTest
class ForecastInjectMockTest {

    @InjectMock
    @LlmClient
    LlmProvider llm;

    @Inject
    Forecast forecast;

    @Test
    void tellsWhatTheMockSays() {
        when(llm.streamText(any())).thenReturn(Multi.createFrom().items("It ", "rains."));

        assertThat(forecast.tell("Oslo").collect().asList().await().indefinitely()).containsExactly("It ", "rains.");
    }
}
// end::mockito[]
