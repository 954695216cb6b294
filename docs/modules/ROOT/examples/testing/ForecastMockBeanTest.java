package io.quarkiverse.llm.guides.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.test.MockLlm;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

// tag::bean[]
@QuarkusTest
@TestProfile(ForecastMockBeanTest.WithMock.class)
class ForecastMockBeanTest {

    @Alternative
    @ApplicationScoped
    @LlmClient
    static class Mock extends MockLlm {
    }

    public static class WithMock implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Mock.class);
        }
    }

    @Inject
    @LlmClient
    Mock llm;

    @Inject
    Forecast forecast;

    @Test
    void asksTheMock() {
        llm.enqueue(Answer.text("It rains."));

        assertThat(forecast.of("Oslo")).isEqualTo("It rains.");
    }
    // end::bean[]

    @Inject
    LlmProviders providers;

    @AfterEach
    void forget() {
        llm.reset();
    }

    @Test
    void theMockIsTheDefaultProvider() {
        llm.enqueue(Answer.text("It snows."));

        assertThat(providers.names()).contains(LlmClient.DEFAULT);
        assertThat(providers.defaultProvider().streamText(LlmRequest.of("Hi")).collect().asList().await()
                .indefinitely()).containsExactly("It snows.");
    }
}
