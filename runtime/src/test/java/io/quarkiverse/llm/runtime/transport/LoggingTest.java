package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;

class LoggingTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(ExchangeLog.class.getPackageName());
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord logged) {
            lines.add(logged.getLevel() + " " + logged.getMessage().formatted(logged.getParameters()));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
    }

    private static LoggedExchange log(TestSettings settings) {
        ProviderSettings built = settings.build();
        return new LoggedExchange(built, new ExchangeMask(built, request("{}")));
    }

    private static OutgoingRequest request(String body) {
        return new OutgoingRequest("POST", "/v1/x?api-version=sesame&sesame",
                Map.of("Authorization", "sesame", "x-team", "sesame", "accept", "open"), body.getBytes(UTF_8), true,
                TestSettings.of("http://h").build().timeLimits());
    }

    @Test
    void requestsAreLoggedWithoutSecrets() {
        log(TestSettings.of("http://h").log().header("X-Team", "sesame").extraBody("safe", "1").extraBody("deep", "1"))
                .request(request("{\"a\":\"ü\",\"safe\":\"sesame\",\"deep\":{\"b\":[\"sesame\"]},\"c\":1}"));
        assertThat(lines).singleElement().asString()
                .startsWith("INFO Provider 'test' request: POST http://h:80/v1/x?api-version=***&***")
                .contains("accept=open")
                .endsWith("{\"a\":\"ü\",\"safe\":\"***\",\"deep\":\"***\",\"c\":1}").doesNotContain("sesame");
    }

    @Test
    void aKeyThatTheRequestAloneHasIsMaskedWhereTheServerRepeatsIt() {
        byte[] answer = "wrong key: sesame".getBytes(UTF_8);
        log(TestSettings.of("http://h").log()).body(answer, 0, answer.length);
        assertThat(lines).singleElement().asString().endsWith("wrong key: ***");
    }

    @Test
    void aConfiguredFieldOfTheBodyIsMaskedWhereTheServerRepeatsIt() {
        byte[] answer = "no tenant tenant-4711 here".getBytes(UTF_8);
        log(TestSettings.of("http://h").log().extraBody("tenant", "\"tenant-4711\"")).body(answer, 0, answer.length);
        assertThat(lines).singleElement().asString().endsWith("no tenant *** here");
    }

    @Test
    void headersOfTheAnswerAreShownUnlessTheyAreKnownToBeSecret() {
        log(TestSettings.of("http://h").log().apiKey("sk-12345").header("X-Team", "blue"))
                .head(new Head("HTTP/1.1", 200, Map.of("x-ratelimit-remaining-tokens", "199", "openai-processing-ms", "7",
                        "Set-Cookie", "sid=1", "x-team", "blue", "x-echo", "key sk-12345", "x-session-id", "s-1")));
        assertThat(lines).singleElement().asString().contains("x-ratelimit-remaining-tokens=199", "openai-processing-ms=7",
                "Set-Cookie=***", "x-team=***", "x-echo=key ***", "x-session-id=***");
    }

    @Test
    void bodiesAreCapped() {
        log(TestSettings.of("http://h").log()).body("x".repeat(20_000).getBytes(UTF_8), 0, 20_000);
        assertThat(lines).singleElement().asString().hasSizeLessThan(10_100).endsWith("x...");
    }

    @Test
    void nothingIsLoggedUnasked() {
        LoggedExchange log = log(TestSettings.of("http://h"));
        log.request(request("{}"));
        log.head(new Head("HTTP/1.1", 200, Map.of()));
        log.event("", new byte[1], 0, 1);
        log.body(new byte[1], 0, 1);
        assertThat(lines).isEmpty();
    }

    @Test
    void queueingIsSaidOnce() {
        ExchangeLog log = new ExchangeLog(TestSettings.of("http://h").name("local").build());
        log.queueing();
        log.queueing();
        assertThat(lines).singleElement().asString().startsWith("WARN").contains("'local'",
                "quarkus.llm.local.max-concurrent-requests");
    }

    @Test
    void theRequestItselfShowsNothingSecret() {
        assertThat(request("sesame")).hasToString("POST /v1/x");
    }
}
