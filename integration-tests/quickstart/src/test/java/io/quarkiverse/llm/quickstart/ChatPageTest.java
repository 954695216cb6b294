package io.quarkiverse.llm.quickstart;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

/** What the page does, in a real browser, with a provider that goes on only when the test has seen enough. */
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class ChatPageTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String OUT_OF_REACH = "The application cannot be reached, or it broke off the answer. "
            + "If it is running, its log tells why.";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TestHTTPResource("/")
    URI address;

    ScriptedServer llm;

    private final CompletableFuture<Void> seen = new CompletableFuture<>();
    private ChatPage chat;

    @BeforeEach
    void open() {
        llm.reset();
        chat = new ChatPage(CHROMIUM.open(address, 1280, 800, ColorScheme.LIGHT));
    }

    @Test
    void theAnswerGrowsWhileItStreams() {
        llm.enqueue(Answer.text("Once", " upon").pauseUntil(seen).thenText(" a time"));

        chat.ask("Tell me a story");

        assertThat(chat.text()).hasText("Once upon");
        assertThat(chat.answer()).hasAttribute("aria-busy", "true");
        seen.complete(null);
        assertThat(chat.text()).hasText("Once upon a time");
        assertThat(chat.answer()).hasAttribute("aria-busy", "false");
    }

    @Test
    void reasoningStandsApartAndIsFoldedWhenTheTextBegins() {
        llm.enqueue(Answer.reasoning("The user", " greets.").pauseUntil(seen).thenText("Hello."));

        chat.ask("Hi");

        Locator thought = chat.reasoning().getByText("The user greets.");
        assertThat(thought).isVisible();
        assertThat(chat.text()).hasCount(0);
        seen.complete(null);
        assertThat(chat.text()).hasText("Hello.");
        assertThat(thought).isHidden();
        chat.reasoning().getByText("Reasoning").click();
        assertThat(thought).isVisible();
    }

    @Test
    void aToolCallGrowsUntilItIsCompleteThenItsOutputAndTheAnswerFollow() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\"", ":\"Os").pauseUntil(seen)
                .thenArguments(0, "lo\"}"), Answer.text("Take a coat."));

        chat.ask("How is the weather in Oslo?");

        assertThat(chat.toolCall().getByText("get_weather")).isVisible();
        assertThat(chat.toolCall().locator(".arguments")).hasText("{\"city\":\"Os");
        assertThat(chat.toolCall().locator(".state")).hasText("writing");
        assertThat(chat.toolCall().locator(".result")).hasCount(0);
        seen.complete(null);
        assertThat(chat.toolCall().locator(".arguments")).hasText("{\"city\":\"Oslo\"}");
        assertThat(chat.toolCall().locator(".result")).containsText("Oslo: ");
        assertThat(chat.toolCall().locator(".state")).hasText("done");
        assertThat(chat.text()).hasText("Take a coat.");
    }

    @Test
    void parallelToolCallsAreShownEachWithItsOutput() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\":\"Oslo\"}")
                .thenToolCall("call_2", "get_weather", "{\"city\":\"Rome\"}"), Answer.text("Rome."));

        chat.ask("Where is it warmer?");

        assertThat(chat.text()).hasText("Rome.");
        assertThat(chat.toolCall()).hasCount(2);
        assertThat(chat.toolCall().first().locator(".result")).containsText("Oslo: ");
        assertThat(chat.toolCall().last().locator(".result")).containsText("Rome: ");
    }

    @Test
    void stopClosesTheExchangeWithTheServerAndTheChatGoesOn() {
        llm.enqueue(Answer.text("Once upon").pauseUntil(seen), Answer.text("Fine."));
        chat.ask("Tell me a story");
        assertThat(chat.text()).hasText("Once upon");
        assertThat(chat.send()).isHidden();

        chat.stop().click();

        assertThat(llm.takeRequest(SOON).awaitOutcome(SOON)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(chat.answer().getByText("Stopped")).isVisible();
        assertThat(chat.stop()).isHidden();
        assertThat(chat.prompt()).isFocused();
        chat.ask("Enough");
        assertThat(chat.text()).hasText("Fine.");
        assertThat(roles(llm.takeRequest(SOON))).containsExactly("system", "user", "assistant", "user");
    }

    @Test
    void aToolCallThatWasStoppedSaysSo() {
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\"").pauseUntil(seen));
        chat.ask("How is the weather in Oslo?");
        assertThat(chat.toolCall().locator(".arguments")).hasText("{\"city\"");

        chat.stop().click();

        assertThat(chat.toolCall().locator(".state")).hasText("stopped");
    }

    @Test
    void anErrorOfTheProviderIsToldInASentence() {
        llm.enqueue(Answer.error(401, "Incorrect API key provided"), Answer.text("Hello."));

        chat.ask("Hi");

        assertThat(chat.failure()).containsText("Incorrect API key provided");
        assertThat(chat.send()).isVisible();
        chat.ask("Hi again");
        assertThat(chat.text()).hasText("Hello.");
    }

    @Test
    void anAnswerThatIsCutOffKeepsItsTextAndTellsWhy() {
        llm.enqueue(Answer.text("Once", " upon", " a time").with(Fault.dropAfterEvents(3)));

        chat.ask("Tell me a story");

        assertThat(chat.failure()).isVisible();
        assertThat(chat.text()).hasText("Once upon");
        assertThat(chat.answer()).hasAttribute("aria-busy", "false");
    }

    @Test
    void anAnswerThatEndsEarlySaysThatItIsIncomplete() {
        llm.enqueue(Answer.text("Once upon").finishReason("length"));

        chat.ask("Tell me a story");

        assertThat(chat.answer().locator(".note")).hasText("The answer is incomplete: max_output_tokens");
    }

    @Test
    void anApplicationThatIsOutOfReachIsToldInASentence() {
        chat.page().context().setOffline(true);

        chat.ask("Hi");

        assertThat(chat.failure()).hasText(OUT_OF_REACH);
        assertThat(CHROMIUM.takeProblems()).singleElement().asString().contains("ERR_INTERNET_DISCONNECTED");
    }

    @Test
    void anAnswerThatTheApplicationBreaksOffIsToldInASentence() {
        QuarkusMock.installMockForType(new WeatherTool() {
            @Override
            String execute(String arguments) {
                throw new IllegalStateException("The thermometer has fallen down");
            }
        }, WeatherTool.class);
        llm.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\"").pauseUntil(seen).thenArguments(0, ":\"Oslo\"}"));

        chat.ask("How is the weather in Oslo?");

        assertThat(chat.toolCall()).isVisible();
        seen.complete(null);
        assertThat(chat.failure()).hasText(OUT_OF_REACH);
        assertThat(chat.toolCall().locator(".state")).hasText("stopped");
        assertThat(chat.send()).isVisible();
        assertThat(CHROMIUM.takeProblems()).singleElement().asString().contains("ERR_INCOMPLETE_CHUNKED_ENCODING");
    }

    @Test
    void theSecondTurnSendsTheFirst() {
        llm.enqueue(Answer.text("Hello, Ada."), Answer.text("Ada."));
        chat.ask("I am Ada");
        assertThat(chat.text()).hasText("Hello, Ada.");

        chat.ask("Who am I?");

        assertThat(chat.text()).hasText("Ada.");
        llm.takeRequest(SOON);
        RecordedRequest second = llm.takeRequest(SOON);
        assertThat(roles(second)).containsExactly("system", "user", "assistant", "user");
        assertThat(second.body()).contains("I am Ada", "Hello, Ada.", "Who am I?");
    }

    @Test
    void enterSendsAndShiftEnterBeginsALine() {
        llm.enqueue(Answer.text("Hello."));
        assertThat(chat.prompt()).isFocused();

        chat.page().keyboard().type("One");
        chat.page().keyboard().press("Shift+Enter");
        chat.page().keyboard().type("Two");
        assertThat(chat.prompt()).hasValue("One\nTwo");
        chat.page().keyboard().press("Enter");

        assertThat(chat.text()).hasText("Hello.");
        assertThat(chat.prompt()).hasValue("");
        assertThat(chat.prompt()).isFocused();
        assertThat(llm.takeRequest(SOON).json().getJsonArray("messages").getJsonObject(1).getString("content"))
                .isEqualTo("One\nTwo");
    }

    @Test
    void theKeyboardStopsAnAnswer() {
        llm.enqueue(Answer.text("Once upon").pauseUntil(seen));
        chat.page().keyboard().type("Tell me a story");
        chat.page().keyboard().press("Enter");
        assertThat(chat.text()).hasText("Once upon");

        chat.page().keyboard().press("Tab");
        assertThat(chat.stop()).isFocused();
        chat.page().keyboard().press("Enter");

        assertThat(chat.answer().getByText("Stopped")).isVisible();
        assertThat(chat.prompt()).isFocused();
    }

    @Test
    void whatIsTypedDuringAnAnswerIsNotLost() {
        llm.enqueue(Answer.text("Once upon").pauseUntil(seen));
        chat.ask("Tell me a story");
        assertThat(chat.text()).hasText("Once upon");

        chat.page().keyboard().type("And then?");
        chat.page().keyboard().press("Enter");

        assertThat(chat.prompt()).hasValue("And then?");
        assertThat(llm.requests()).hasSize(1);
        seen.complete(null);
        assertThat(chat.send()).isVisible();
        assertThat(chat.prompt()).hasValue("And then?");
    }

    @Test
    void aSuggestionIsAQuestion() {
        llm.enqueue(Answer.text("Rayleigh."));

        chat.button("Why is the sky blue?").click();

        assertThat(chat.question()).hasText("Why is the sky blue?");
        assertThat(chat.text()).hasText("Rayleigh.");
        assertThat(chat.button("Why is the sky blue?")).hasCount(0);
    }

    @Test
    void markupIsTextWhoeverWritesIt() {
        String markup = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script><b>bold</b>";
        String city = new JsonObject().put("city", markup).encode();
        llm.enqueue(Answer.reasoning(markup).thenText(markup).thenToolCall("call_1", "get_weather", city)
                .thenToolCall("call_2", "<b>tool</b>", "{}"), Answer.error(400, markup));

        chat.ask(markup);

        assertThat(chat.failure()).containsText(markup);
        assertThat(chat.question()).hasText(markup);
        assertThat(chat.text()).hasText(markup);
        assertThat(chat.reasoning().locator("p")).hasText(markup);
        assertThat(chat.toolCall().first().locator(".arguments")).hasText(city);
        assertThat(chat.toolCall().first().locator(".result")).containsText(markup);
        assertThat(chat.toolCall().last().getByText("<b>tool</b>").first()).isVisible();
        assertThat(chat.log().locator("img, script, b")).hasCount(0);
        assertThat(chat.page()).hasTitle("Quarkus LLM · Quickstart");
    }

    @Test
    void theEndOfALongAnswerStaysInViewUntilTheReaderScrollsBack() {
        CompletableFuture<Void> scrolled = new CompletableFuture<>();
        llm.enqueue(Answer.text("First\n", "line\n".repeat(100)).pauseUntil(seen).thenText("Second\n", "line\n".repeat(100))
                .pauseUntil(scrolled).thenText("Third\n", "line\n".repeat(100)));
        chat.ask("Count");

        assertThat(chat.text()).containsText("First");
        assertThat(distanceFromEnd()).isLessThan(2);
        seen.complete(null);
        assertThat(chat.text()).containsText("Second");
        assertThat(distanceFromEnd()).isLessThan(2);

        chat.log().evaluate("log => log.scrollTop = 0");
        scrolled.complete(null);
        assertThat(chat.text()).containsText("Third");
        assertThat(chat.answer()).hasAttribute("aria-busy", "false");
        assertThat((Integer) chat.log().evaluate("log => log.scrollTop")).isZero();
    }

    private double distanceFromEnd() {
        return ((Number) chat.log().evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight")).doubleValue();
    }

    private static List<String> roles(RecordedRequest request) {
        return request.json().getJsonArray("messages").stream().map(message -> ((JsonObject) message).getString("role"))
                .toList();
    }
}
