package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of one provider that exclude each other. */
class SettingRulesTest {

    @Test
    void aServerThatNeedsRepairsCannotBeDecodedStrictly() {
        Conflict conflict = new Application().with("quarkus.llm.local.preset", "llama-cpp")
                .with("quarkus.llm.local.wire-api", "responses").with("quarkus.llm.local.decoding", "strict").conflict();

        assertThat(conflict.id()).isEqualTo("strict-decoding:local");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.what()).isEqualTo("Provider 'local' decodes strictly, but a server of the kind 'llama-cpp' needs "
                + "repairs over the Responses API");
        assertThat(conflict.outcome()).contains("its events do not say where in the output they belong")
                .contains("https://github.com/ggml-org/llama.cpp/pull/24957");
    }

    @ParameterizedTest
    @CsvSource({ "vllm, auto, strict-decoding:local", "vllm, responses, ''", "llama-cpp, auto, ''",
            "ollama, responses, strict-decoding:local", "ollama, auto, ''" })
    void theWireApiThatIsUsedCounts(String preset, String api, String ids) {
        Application application = new Application().with("quarkus.llm.local.preset", preset)
                .with("quarkus.llm.local.wire-api", api).with("quarkus.llm.local.decoding", "strict");

        assertThat(String.join(",", application.ids())).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource({
            "chat-completions, websocket,            true,  websocket-without-responses:local",
            "responses,        websocket,            true,  ''",
            "chat-completions, chat-completions-api, false, pinned-api-missing:local",
            "responses,        responses-api,        false, pinned-api-missing:local",
            "chat-completions, responses-api,        true,  ''",
            "auto,             responses-api,        false, ''" })
    void aPinnedWireApiMustBeOneThatTheServerHas(String pinned, String capability, boolean there, String ids) {
        Application application = Application.withLocal().with("quarkus.llm.local.wire-api", pinned)
                .with("quarkus.llm.local.capabilities." + capability, String.valueOf(there));

        assertThat(String.join(",", application.ids())).isEqualTo(ids);
    }

    @Test
    void bothKeysAreTold() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.local.wire-api", "chat-completions")
                .with("quarkus.llm.local.capabilities.websocket", "true").conflict();

        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.sides()).extracting(Side::what).containsExactly("quarkus.llm.local.wire-api",
                "quarkus.llm.local.capabilities.websocket");
    }

    @Test
    void aServerHasOneOfTheWireApis() {
        assertThat(Application.withLocal().with("quarkus.llm.local.capabilities.responses-api", "false")
                .with("quarkus.llm.local.capabilities.chat-completions-api", "false").ids())
                .containsExactly("no-wire-api:local");
    }
}
