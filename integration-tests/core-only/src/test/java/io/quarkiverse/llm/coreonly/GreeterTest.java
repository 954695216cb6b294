package io.quarkiverse.llm.coreonly;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(value = ScriptedLlmTestResource.class, restrictToAnnotatedClass = true)
class GreeterTest {

    ScriptedServer server;

    @Inject
    Greeter greeter;

    @BeforeEach
    void reset() {
        server.reset();
    }

    @Test
    void anInjectedProviderStreamsWithoutAnHttpServer() {
        server.enqueue(Answer.text("Hel", "lo ", "Ada"));

        assertThat(greeter.greet("Ada").collect().asList().await().indefinitely()).containsExactly("Hel", "lo ", "Ada");
        assertThat(server.takeRequest()).isChatCompletion().isStreaming().hasUserMessage("Greet Ada").offersNoTools();
    }
}
