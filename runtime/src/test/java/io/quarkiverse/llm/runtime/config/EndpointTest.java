package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Secret;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
            "http://localhost:8080,                          http://localhost:8080/v1",
            "http://localhost:8080/,                         http://localhost:8080/v1",
            "http://localhost:8080/v1,                       http://localhost:8080/v1",
            "http://localhost:8080/v1/,                      http://localhost:8080/v1",
            "https://openrouter.ai/api/v1//,                 https://openrouter.ai:443/api/v1",
            "https://generativelanguage.googleapis.com/v1beta/openai/,"
                    + "https://generativelanguage.googleapis.com:443/v1beta/openai",
            "http://host/proxy,                              http://host:80/proxy",
            "http://host/v1/chat/completions,                http://host:80/v1",
            "http://host/v1/responses/,                      http://host:80/v1",
            "https://x.services.ai.azure.com/models,          https://x.services.ai.azure.com:443/models",
            "HTTPS://API.OpenAI.com,                         https://api.openai.com:443/v1",
            "' http://host ',                                http://host:80/v1",
            "http://llama_cpp:8080,                          http://llama_cpp:8080/v1",
            "http://[::1]:8080/v1,                           http://[::1]:8080/v1",
            "http://host/a%20b/,                             http://host:80/a%20b" })
    void aBaseUrlMeansWhatItSays(String baseUrl, String meaning) {
        assertThat(Endpoint.of(baseUrl, Map.of())).hasToString(meaning);
    }

    @Test
    void anOperationIsRelativeToTheBaseUrlUnlessItBeginsWithASlash() {
        Endpoint endpoint = Endpoint.of("http://host/proxy/v1", Map.of());

        assertThat(endpoint.target("chat/completions")).isEqualTo("/proxy/v1/chat/completions");
        assertThat(endpoint.target("/api/chat")).isEqualTo("/api/chat");
    }

    @Test
    void theQueryGoesAlongWithEachRequest() {
        Endpoint endpoint = Endpoint.of("https://host/openai?api-version=2026-01-01", Map.of("a b", Secret.of("c&d")));

        assertThat(endpoint.target("models")).isEqualTo("/openai/models?api-version=2026-01-01&a%20b=c%26d");
        assertThat(endpoint.target("models?limit=1")).startsWith("/openai/models?limit=1&api-version=");
    }

    @Test
    void theQueryIsNotShown() {
        Endpoint endpoint = Endpoint.of("https://host/v1?key=hush", Map.of("token", Secret.of("hush")));

        assertThat(endpoint.toString()).doesNotContain("hush");
        assertThat(endpoint.query()).hasToString(Secret.MASK);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "localhost:8080        | must begin with http:// or https://",
            "api.openai.com        | must begin with http:// or https://",
            "ws://host             | must begin with http:// or https://, also for WebSockets: transport says how it is spoken to",
            "http://               | is not a URL",
            "http:///v1            | names no host",
            "http://host:0/v1      | ports go from 1 to 65535",
            "http://host:99999/v1  | ports go from 1 to 65535",
            "http://ho st/v1       | is not a URL" })
    void aBaseUrlThatIsNoneIsExplained(String baseUrl, String sentence) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(baseUrl, Map.of())).withMessageContaining(sentence);
    }

    @Test
    void neitherPasswordNorQueryIsInTheExplanation() {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of("https://me:hush@host/v1?key=hush", Map.of()))
                .withMessage("'https://host/v1' must not hold a user or password: use api-key or headers");
    }
}
