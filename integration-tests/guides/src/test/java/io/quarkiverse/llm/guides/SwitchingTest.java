package io.quarkiverse.llm.guides;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The code of the guide about live switching. */
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class SwitchingTest {

    ScriptedServer llm;

    @Inject
    Switching switching;

    @Inject
    LlmProviders providers;

    @Inject
    @LlmClient
    LlmProvider provider;

    @BeforeEach
    void forgetOtherTests() {
        llm.reset();
        switching.log().clear();
    }

    @AfterEach
    void reset() {
        providers.reset();
    }

    @Test
    void aRequestGoesWhereItWasSwitchedTo() {
        switching.move(llm.baseUrl(), Secret.of("a key"));
        switching.useModel("qwen3:8b");
        switching.useLocal();
        llm.enqueue(Answer.text("hello"));

        assertThat(provider.completeAndAwait(LlmRequest.of("hi")).text()).isEqualTo("hello");

        RecordedRequest request = llm.requests().get(0);
        assertThat(request.json().getString("model")).isEqualTo("qwen3:8b");
        assertThat(request.header("authorization")).isEqualTo("Bearer a key");
        assertThat(switching.log()).containsExactly("local: UPDATED [api-key, base-url]",
                "local: UPDATED [idle-timeout, model]", "<default>: ACTIVATED [active]");
    }

    @Test
    void whatHoldsSaysWhereItComesFrom() {
        assertThat(switching.sourceOfModel()).isEqualTo("the server decides");

        switching.useModel("qwen3:8b");
        assertThat(switching.sourceOfModel()).isEqualTo("qwen3:8b (changed at run time)");

        switching.asConfigured();
        assertThat(switching.sourceOfModel()).isEqualTo("the server decides");
    }
}
