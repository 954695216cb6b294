package io.quarkiverse.llm.quickstart;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** How the page looks. It leaves screenshots of its states in {@code target/screenshots}, for eyes to judge the rest. */
@QuarkusTest
@WithTestResource(ScriptedLlmTestResource.class)
class ChatPageLooksTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final String LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    private static final String CODE = "    for (int i = 0; i < " + "x".repeat(120) + "; i++) {\n        print(i);\n    }\n";
    private static final String LONG_ARGUMENTS = "{\"city\":\"Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
            + "\",\"note\":\"" + "0123456789".repeat(20) + "\"}";
    private static final Answer FORECAST = Answer.reasoning("The user asks about Oslo, and I do not know the weather there. ",
            "The tool does, so I call it before I say anything about coats.")
            .thenText("Let me look at the weather first.");
    private static final String ADVICE = "It is mild in Oslo just now, so a light coat will do.\n\n"
            + "Take an umbrella if you stay until the evening: the fjord makes its own weather.";

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @TestHTTPResource("/")
    URI address;

    ScriptedServer llm;

    private final CompletableFuture<Void> seen = new CompletableFuture<>();

    @BeforeEach
    void reset() {
        llm.reset();
    }

    @ParameterizedTest
    @CsvSource({ "narrow, 390, 844, LIGHT", "narrow, 390, 844, DARK", "wide, 1280, 800, LIGHT", "wide, 1280, 800, DARK" })
    void everyStateFitsAndCanBeRead(String name, int width, int height, ColorScheme scheme) {
        ChatPage chat = new ChatPage(CHROMIUM.open(address, width, height, scheme));
        String suffix = name + "-" + scheme.name().toLowerCase();
        shoot(chat, "1-empty-" + suffix);

        llm.enqueue(FORECAST.thenToolCall("call_1", "get_weather", "{\"city\"", ":\"Os").pauseUntil(seen)
                .thenArguments(0, "lo\"}"), Answer.text(ADVICE));
        chat.ask("Do I need a coat in Oslo today?");
        assertThat(chat.toolCall().locator(".arguments")).hasText("{\"city\":\"Os");
        chat.reasoning().getByText("Reasoning").click();
        shoot(chat, "2-streaming-" + suffix);

        seen.complete(null);
        assertThat(chat.text().last()).containsText("fjord");
        assertThat(chat.send()).isVisible();
        shoot(chat, "3-finished-" + suffix);

        llm.enqueue(Answer.text("Here is the code:\n\n" + CODE + "\nand a word: " + LONG_WORD)
                .thenToolCall("call_2", "get_weather", LONG_ARGUMENTS), Answer.error(429, "You exceeded your current quota"));
        chat.ask("Show me code, and " + LONG_WORD);
        assertThat(chat.failure()).isVisible();
        shoot(chat, "4-error-" + suffix);
    }

    @Test
    void nothingScrollsSidewaysOnASmallTelephone() {
        llm.enqueue(Answer.reasoning("x".repeat(500)).thenText(CODE + LONG_WORD).thenToolCall("call_1", "get_weather",
                LONG_ARGUMENTS).thenToolCall("call_2", "a_tool_with_" + "a_long_".repeat(20) + "name", "{}"),
                Answer.error(400, "y".repeat(500)));
        ChatPage chat = new ChatPage(CHROMIUM.open(address, 360, 640, ColorScheme.LIGHT));
        assertNothingIsWiderThanItsBox(chat.page());

        chat.ask(LONG_WORD + "z".repeat(300));

        assertThat(chat.failure()).isVisible();
        chat.reasoning().getByText("Reasoning").click();
        assertNothingIsWiderThanItsBox(chat.page());
    }

    @Test
    void theColoursFollowThePreferenceOfTheUser() {
        Page page = CHROMIUM.open(address, 800, 600, ColorScheme.LIGHT);
        double light = luminance(page);

        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));

        assertThat(light).isGreaterThan(0.8);
        assertThat(luminance(page)).isLessThan(0.1);
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = { "LIGHT", "DARK" })
    void whatHasTheFocusIsOutlined(ColorScheme scheme) {
        Page page = CHROMIUM.open(address, 800, 600, scheme);
        for (String key : List.of("Shift+Tab", "Shift+Tab", "Shift+Tab")) {
            page.keyboard().press(key);
            assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .as(key + " to " + page.evaluate("document.activeElement.outerHTML")).isEqualTo("solid");
        }
    }

    private static void shoot(ChatPage chat, String name) {
        assertNothingIsWiderThanItsBox(chat.page());
        assertThat((List<?>) chat.page().evaluate(PageScripts.TOO_FAINT)).as("text with too little contrast").isEmpty();
        chat.page().screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    private static void assertNothingIsWiderThanItsBox(Page page) {
        assertThat((List<?>) page.evaluate(PageScripts.TOO_WIDE)).as("elements that are wider than their box").isEmpty();
    }

    private static double luminance(Page page) {
        return ((Number) page.evaluate(PageScripts.LUMINANCE_OF_THE_PAGE)).doubleValue();
    }
}
