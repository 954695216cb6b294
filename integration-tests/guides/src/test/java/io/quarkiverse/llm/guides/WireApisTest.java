package io.quarkiverse.llm.guides;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What the guide to wire APIs says and shows. */
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class WireApisTest {

    ScriptedServer llm;

    @Inject
    LlmProvider provider;

    @Inject
    RepairCounter repairs;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void aRequestThatNeedsTheResponsesApiTakesIt() {
        llm.enqueue(Answer.sse("""
                data: {"type":"response.output_text.delta","delta":"Hello"}

                data: {"type":"response.completed","response":{"object":"response","status":"completed"}}

                """));
        LlmRequest request = LlmRequest.builder().user("Hi").previousResponseId("resp_1").build();

        assertThat(provider.completeAndAwait(request)).hasText("Hello");
        assertThat(llm.takeRequest().path()).endsWith("/responses");
        assertThat(repairs.count(Repair.MISSING_START)).isEqualTo(1);
    }

    @Test
    void anyOtherTakesChatCompletions() {
        llm.enqueue(Answer.text("Hello"));

        assertThat(provider.completeAndAwait(LlmRequest.of("Hi"))).hasText("Hello");
        assertThat(llm.takeRequest().path()).endsWith("/chat/completions");
    }
}
