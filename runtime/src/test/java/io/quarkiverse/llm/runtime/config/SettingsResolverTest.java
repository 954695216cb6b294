package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkus.runtime.configuration.ConfigurationException;

class SettingsResolverTest {

    @Test
    void aBaseUrlIsEnough() {
        ProviderSettings settings = local(Map.of());

        assertThat(settings.name()).isEqualTo("local");
        assertThat(settings.endpoint()).hasToString("http://localhost:8080/v1");
        assertThat(settings.apiKey()).isEmpty();
        assertThat(settings.model()).isEmpty();
        assertThat(settings.headers()).isEmpty();
        assertThat(settings.extraBody()).isEmpty();
        assertThat(settings.options()).isEqualTo(GenerationOptions.NONE);
        assertThat(settings.quirks().is(Quirk.INCLUDE_USAGE)).isTrue();
        assertThat(settings.wire().chatCompletionsPath()).isEqualTo("chat/completions");
        assertThat(settings.wire().modelsPath()).isEqualTo("models");
        assertThat(settings.quirks()).isEqualTo(Preset.GENERIC.quirks());
        assertThat(settings.timeLimits()).isEqualTo(new TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(30),
                Duration.ofMinutes(10), Duration.ofMinutes(2), Optional.empty()));
        assertThat(settings.sizeLimits()).isEqualTo(new SizeLimits(4 << 20, 64 << 20));
        assertThat(settings.connections()).isEqualTo(new ConnectionSettings(10_000, 10_000, Duration.ofMinutes(1), true,
                Optional.empty(), Optional.empty()));
        assertThat(settings.wire().transport()).isEqualTo(StreamTransport.AUTO);
        assertThat(settings.webSocket()).isEqualTo(WebSocketSettings.DEFAULT);
        assertThat(settings.logRequests()).isFalse();
        assertThat(settings.logResponses()).isFalse();
        assertThat(settings.recordDirectory()).isEmpty();
    }

    @Test
    void recordingsGoToADirectoryThatNeedNotExist(@TempDir Path directory) {
        Path missing = directory.resolve("a/b");

        assertThat(local(Map.of("record.directory", missing.toString())).recordDirectory()).contains(missing);
    }

    @Test
    void recordingsDoNotGoIntoAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> local(Map.of("record.directory", file.toString())))
                .withMessage("quarkus.llm.local.record.directory is " + file
                        + ", which is a file: name a directory, it is made where it is missing");
    }

    @Test
    void everySettingArrives() {
        ProviderSettings settings = local(Map.ofEntries(
                entry("api-key", "k"), entry("organization", "o"), entry("project", "p"), entry("model", "m"),
                entry("headers.X-Team", "blue"), entry("query-parameters.api-version", "1"),
                entry("temperature", "0.5"), entry("top-p", "0.9"), entry("presence-penalty", "-1"),
                entry("frequency-penalty", "1"), entry("seed", "7"), entry("stop", "END,STOP"),
                entry("max-output-tokens", "100"), entry("parallel-tool-calls", "false"), entry("reasoning-effort", "low"),
                entry("reasoning-summary", "auto"), entry("verbosity", "high"), entry("include-usage", "false"),
                entry("chat-completions-path", "/chat"), entry("models-path", "tags"), entry("connect-timeout", "1s"),
                entry("acquire-timeout", "2s"), entry("first-event-timeout", "3s"), entry("idle-timeout", "4s"),
                entry("timeout", "5s"), entry("max-event-size", "1K"), entry("max-response-size", "2K"),
                entry("max-concurrent-requests", "8"), entry("max-queued-requests", "0"), entry("keep-alive-timeout", "9s"),
                entry("http2", "false"), entry("tls-configuration-name", "t"), entry("proxy-configuration-name", "q"),
                entry("log-requests", "true"), entry("log-responses", "true"), entry("transport", "sse"),
                entry("websocket.max-connections", "3"), entry("websocket.max-queued-bytes", "4K"),
                entry("websocket.max-lifetime", "5m"), entry("websocket.idle-timeout", "6s"),
                entry("websocket.ping-interval", "7s"), entry("websocket.max-message-size", "8K")));

        assertThat(settings.apiKey()).contains(Secret.of("k"));
        assertThat(settings.organization()).contains("o");
        assertThat(settings.project()).contains("p");
        assertThat(settings.model()).contains("m");
        assertThat(settings.headers()).containsExactly(entry("X-Team", Secret.of("blue")));
        assertThat(settings.endpoint().target("x")).isEqualTo("/v1/x?api-version=1");
        assertThat(settings.options()).isEqualTo(GenerationOptions.builder().temperature(0.5).topP(0.9).presencePenalty(-1.0)
                .frequencyPenalty(1.0).seed(7L).stop("END", "STOP").maxOutputTokens(100L).parallelToolCalls(false)
                .reasoningEffort("low").reasoningSummary("auto").verbosity("high").build());
        assertThat(settings.quirks().is(Quirk.INCLUDE_USAGE)).isFalse();
        assertThat(settings.wire().chatCompletionsPath()).isEqualTo("/chat");
        assertThat(settings.wire().modelsPath()).isEqualTo("tags");
        assertThat(settings.timeLimits()).isEqualTo(new TimeLimits(Duration.ofSeconds(1), Duration.ofSeconds(2),
                Duration.ofSeconds(3), Duration.ofSeconds(4), Optional.of(Duration.ofSeconds(5))));
        assertThat(settings.sizeLimits()).isEqualTo(new SizeLimits(1024, 2048));
        assertThat(settings.connections()).isEqualTo(new ConnectionSettings(8, 0, Duration.ofSeconds(9), false,
                Optional.of("t"), Optional.of("q")));
        assertThat(settings.wire().transport()).isEqualTo(StreamTransport.SSE);
        assertThat(settings.webSocket()).isEqualTo(new WebSocketSettings(3, 4096, Duration.ofMinutes(5), Duration.ofSeconds(6),
                Duration.ofSeconds(7), 8192));
        assertThat(settings.logRequests()).isTrue();
        assertThat(settings.logResponses()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "websocket, auto, RESPONSES", "websocket, chat-completions, RESPONSES", "auto, auto, AUTO",
            "auto, chat-completions, CHAT_COMPLETIONS", "sse, chat-completions, CHAT_COMPLETIONS" })
    void theTransportGoesBeforeTheWireApi(String transport, String pinned, WireApi used) {
        assertThat(local(Map.of("transport", transport, "wire-api", pinned)).wire().api()).isEqualTo(used);
    }

    @Test
    void thereMayBeNoPings() {
        assertThat(local(Map.of("websocket.ping-interval", "0s")).webSocket().pingInterval()).isZero();
    }

    @Test
    void extraBodyIsJsonWhereItReadsAsJsonAndOrderedByName() {
        Map<String, RawJson> extraBody = local(Map.of("extra-body.top_k", "40", "extra-body.cache_prompt", "true",
                "extra-body.chat_template_kwargs", "{\"enable_thinking\": false}", "extra-body.version", "\"40\"",
                "extra-body.grammar", "root ::= \"yes\"", "extra-body.file", "//host/x")).extraBody();

        assertThat(extraBody).containsExactly(
                entry("cache_prompt", RawJson.of("true")),
                entry("chat_template_kwargs", RawJson.of("{\"enable_thinking\": false}")),
                entry("file", RawJson.of("\"//host/x\"")),
                entry("grammar", RawJson.of("\"root ::= \\\"yes\\\"\"")),
                entry("top_k", RawJson.of("40")),
                entry("version", RawJson.of("\"40\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "messages", "input", "stream" })
    void whatEachRequestSaysItselfIsNotConfigured(String field) {
        assertFails(Map.of("extra-body." + field, "[]"), "quarkus.llm.local.extra-body has '" + field
                + "', which each request says itself: remove it");
    }

    @Test
    void theHostDecidesTheQuirksUnlessAPresetDoes() {
        assertThat(local(Map.of("base-url", "https://eu.api.openai.com/v1", "api-key", "k")).quirks())
                .isEqualTo(Preset.OPENAI.quirks());
        assertThat(local(Map.of("preset", "openai")).quirks()).isEqualTo(Preset.OPENAI.quirks());
        assertThat(local(Map.of("preset", "openai")).endpoint()).hasToString("http://localhost:8080/v1");
    }

    @Test
    void aPresetWithoutAPlaceOfItsOwnNeedsABaseUrl() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configuration.of(Map.of("quarkus.llm.local.preset", "generic")).settings("local"))
                .withMessage("Provider 'local' has no base URL, and the preset 'generic' does not know one: set "
                        + "quarkus.llm.local.base-url");
    }

    @Test
    void aHeaderMayBeTheKey() {
        for (String header : Set.of("Authorization", "api-key")) {
            assertThat(local(Map.of("base-url", "https://api.openai.com", "headers." + header, "hush")).apiKey()).isEmpty();
        }
    }

    @Test
    void aHostedServerWithoutAKeyFails() {
        assertFails(Map.of("base-url", "https://api.openai.com/v1"), "Provider 'local' (api.openai.com) has no API key: set "
                + "quarkus.llm.local.api-key or the environment variable QUARKUS_LLM_LOCAL_API_KEY");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configuration.of(Map.of("quarkus.llm.preset", "openai")).settings())
                .withMessage("The default provider (api.openai.com) has no API key: set quarkus.llm.api-key or the environment "
                        + "variable QUARKUS_LLM_API_KEY or OPENAI_API_KEY");
    }

    @Test
    void whiteSpaceAroundAKeyIsDropped() {
        assertThat(local(Map.of("api-key", " sk-1\n")).apiKey()).contains(Secret.of("sk-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "base-url                | localhost:8080   | : 'localhost:8080' must begin with http:// or https://",
            "connect-timeout         | 0s               | is PT0S, but must be longer than nothing",
            "idle-timeout            | PT-1S            | is PT-1S, but must be longer than nothing",
            "timeout                 | 0s               | is PT0S, but must be longer than nothing",
            "keep-alive-timeout      | 0s               | is PT0S, but must be longer than nothing",
            "max-output-tokens       | 0                | is 0, but must be at least 1",
            "max-concurrent-requests | 0                | is 0, but must be at least 1",
            "max-queued-requests     | -1               | is -1, but must be at least 0",
            "max-event-size          | 0                | is 0, but must be at least 1",
            "max-response-size       | 2G               | must be less than 2G",
            "websocket.max-connections  | 0             | is 0, but must be at least 1",
            "websocket.max-lifetime     | 0s            | is PT0S, but must be longer than nothing",
            "websocket.idle-timeout     | PT-1S         | is PT-1S, but must be longer than nothing",
            "websocket.ping-interval    | PT-1S         | is PT-1S, but must not be negative: 0s for no pings",
            "websocket.max-message-size | 0             | is 0, but must be at least 1",
            "websocket.max-message-size | 2G            | must be less than 2G",
            "chat-completions-path   | http://host/chat | must be a path, not a URL: the server is said by base-url",
            "models-path             | /x y             | is '/x y', which has characters that no URL can hold: percent-encode them" })
    void aWrongValueFailsWithItsKeyAndTheMend(String member, String value, String sentence) {
        String separator = sentence.startsWith(":") ? "" : " ";

        assertFails(Map.of(member, value), "quarkus.llm.local." + member + separator + sentence);
    }

    @Test
    void aSecretThatNoHeaderCanCarryFailsWithoutBeingShown() {
        assertFails(Map.of("api-key", "sk-\u2026-hush"), "quarkus.llm.local.api-key holds characters that no HTTP header can "
                + "carry: paste it again");
        assertFails(Map.of("headers.X-Team", "blue\nhush: x"), "quarkus.llm.local.headers.X-Team holds characters that no HTTP "
                + "header can carry, such as line ends");
        assertFails(Map.of("headers.\"X Team\"", "blue"), "quarkus.llm.local.headers has 'X Team', which is no name of an HTTP "
                + "header");
    }

    @Test
    void allProvidersThatAreWrongAreReportedTogether() {
        SettingsResolver resolver = Configuration.of(Map.of("quarkus.llm.a.base-url", "one", "quarkus.llm.b.base-url", "two"))
                .resolver();

        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> resolver.resolve(resolver.names()))
                .withMessage("quarkus.llm.a.base-url: 'one' must begin with http:// or https://\n"
                        + "quarkus.llm.b.base-url: 'two' must begin with http:// or https://");
    }

    @Test
    void nothingSecretIsShown() {
        Map<String, String> secrets = Map.of("api-key", "hush", "headers.Authorization", "hush", "query-parameters.key", "hush",
                "extra-body.token", "hush");

        assertThat(local(secrets).toString()).isEqualTo("local at http://localhost:8080/v1");
        assertThat(configuration(secrets).config().getConfigMapping(LlmRuntimeConfig.class).toString())
                .doesNotContain("hush");
    }

    private static void assertFails(Map<String, String> members, String sentence) {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> local(members)).withMessage(sentence);
    }

    private static ProviderSettings local(Map<String, String> members) {
        return configuration(members).settings("local");
    }

    /** The provider {@code local} with these settings, and with a base URL unless they have one. */
    private static Configuration configuration(Map<String, String> members) {
        Map<String, String> properties = new HashMap<>(Map.of("quarkus.llm.local.base-url", "http://localhost:8080"));
        members.forEach((member, value) -> properties.put("quarkus.llm.local." + member, value));
        return Configuration.of(properties);
    }
}
