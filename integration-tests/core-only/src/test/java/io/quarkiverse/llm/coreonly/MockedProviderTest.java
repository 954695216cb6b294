package io.quarkiverse.llm.coreonly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;

/** Providers are beans of a normal scope, so that tests can put others in their place. */
@QuarkusTest
class MockedProviderTest {

    @InjectMock
    @LlmClient
    LlmProvider llm;

    @InjectMock
    @LlmClient("polite")
    LlmProvider polite;

    @Inject
    Greeter greeter;

    @Test
    void aMockTakesThePlaceOfAProvider() {
        when(llm.streamText(any())).thenReturn(Multi.createFrom().items("Hi ", "Ada"));

        assertThat(greeter.greet("Ada").collect().asList().await().indefinitely()).containsExactly("Hi ", "Ada");
    }

    @Test
    void aMockTakesThePlaceOfANamedProvider() {
        when(polite.completeAndAwait(any())).thenThrow(new LlmUnsupportedException("polite", "goodbyes"));

        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(() -> greeter.farewell("Ada"));
    }
}
