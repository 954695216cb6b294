package io.quarkiverse.llm.guides;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The beans of the guides. */
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class ProvidersTest {

    ScriptedServer llm;

    @Inject
    Injection injection;

    @Inject
    Answers answers;

    @Inject
    Following following;

    @Inject
    WeatherAssistant assistant;

    @Inject
    @LlmClient("echo")
    LlmProvider echo;

    @Inject
    LlmProviders providers;

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @Test
    void providersAreInjectedByName() {
        assertThat(injection.llm.name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(injection.local.name()).isEqualTo("local");
        assertThat(injection.providers.names()).contains("echo", "local");
    }

    @Test
    void wholeAnswersHaveTheText() {
        llm.enqueue(Answer.text("Scattering."), Answer.text("Rayleigh."));

        assertThat(answers.answer("Why is the sky blue?")).isEqualTo("Scattering.");
        assertThat(answers.answerLater("Why?").await().indefinitely()).isEqualTo("Rayleigh.");
    }

    @Test
    void requestsSayMore() {
        llm.enqueue(Answer.text("Arr."));
        LlmRequest request = Answers.withoutThinking(Answers.asPirate("Why is the sky blue?"));

        assertThat(injection.llm.completeAndAwait(request)).hasText("Arr.");
        assertThat(llm.takeRequest()).hasSystemMessage("You are a pirate.").hasField("/temperature", 0.2)
                .hasField("/chat_template_kwargs/enable_thinking", false);
    }

    @Test
    void aPageFollowsAnAnswer() {
        llm.enqueue(
                Answer.reasoning("Hm.").thenText("Let me see.").thenToolCall("call_1", "get_weather", "{\"city\":", "\"Oslo\"}")
                        .usage(7, 5));
        Shown page = new Shown();

        following.follow(LlmRequest.of("How is the weather in Oslo?"), page);

        Awaitility.await().until(() -> page.lines.size() == 7);
        assertThat(page.lines).containsExactly("reasoning Hm.", "text Let me see.", "call get_weather", "arguments {\"city\":",
                "arguments \"Oslo\"}", "complete {\"city\":\"Oslo\"}", "usage 12");
    }

    @Test
    void aPageIsToldOfFailures() {
        llm.enqueue(Answer.text("Let ", "me").with(Fault.dropAfterEvents(2)));
        Shown page = new Shown();

        following.follow(LlmRequest.of("Hi"), page);

        Awaitility.await().until(() -> !page.lines.isEmpty() && page.lines.get(page.lines.size() - 1).startsWith("failed"));
    }

    @Test
    void toolsAreCalledUntilThereIsAnAnswer() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}"), Answer.text("Sunny, 21 °C."));

        LlmResponse response = assistant.ask("How is the weather in Oslo?");

        assertThat(response).isCompleted().hasText("Sunny, 21 °C.");
        assertThat(llm.takeRequest()).offersTool("get_weather");
        assertThat(llm.takeRequest()).hasToolOutput("call_1", "21 °C and sunny in Oslo");
    }

    @Test
    void aProviderOfOnesOwnIsOneOfThem() {
        assertThat(echo.completeAndAwait(LlmRequest.of("Hello"))).isCompleted().hasText("Hello");
        assertThat(providers.get("echo").stream(LlmRequest.of("Hello"))).completes().hasTextDeltas("Hello").endsCompleted();
    }

    private static final class Shown implements Following.Page {

        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void text(String delta) {
            lines.add("text " + delta);
        }

        @Override
        public void reasoning(String delta) {
            lines.add("reasoning " + delta);
        }

        @Override
        public void toolCall(String callId, String tool) {
            lines.add("call " + tool);
        }

        @Override
        public void arguments(String callId, String delta) {
            lines.add("arguments " + delta);
        }

        @Override
        public void complete(ToolCall call) {
            lines.add("complete " + call.arguments());
        }

        @Override
        public void usage(Usage usage) {
            lines.add("usage " + usage.totalTokens());
        }

        @Override
        public void failed(String message) {
            lines.add("failed " + message);
        }
    }
}
