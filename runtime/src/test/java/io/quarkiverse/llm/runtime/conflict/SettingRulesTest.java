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

    @ParameterizedTest
    @CsvSource({
            "transport=websocket;wire-api=responses,                                                    ''",
            "transport=websocket;capabilities.websocket=true,                                           ''",
            "transport=websocket;capabilities.chat-completions-api=false,                               ''",
            "transport=auto;capabilities.websocket=false,                                               ''",
            "transport=sse;wire-api=chat-completions;capabilities.websocket=true,                       ''",
            "transport=websocket;wire-api=chat-completions,                  websocket-without-responses:local",
            "transport=websocket;capabilities.responses-api=false,           websocket-without-responses:local",
            "transport=websocket;capabilities.websocket=false,               pinned-transport-missing:local",
            "transport=websocket;wire-api=chat-completions;capabilities.websocket=true, websocket-without-responses:local",
            "transport=websocket;wire-api=responses;capabilities.responses-api=false,   websocket-without-responses:local",
            "transport=websocket;wire-api=chat-completions;capabilities.chat-completions-api=false, "
                    + "websocket-without-responses:local" })
    void webSocketsMustBeThereAndCarryTheResponsesApiAlone(String settings, String ids) {
        assertThat(String.join(",", local(settings).ids())).isEqualTo(ids);
    }

    @Test
    void theTransportGoesBeforeTheWireApi() {
        Conflict conflict = local("transport=websocket;wire-api=chat-completions").conflict();

        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.sides()).extracting(Side::what).containsExactly("quarkus.llm.local.transport",
                "quarkus.llm.local.wire-api");
        assertThat(conflict.what()).isEqualTo("Provider 'local' takes WebSockets alone, which carry the Responses API alone, "
                + "and is told to speak Chat Completions");
        assertThat(conflict.outcome())
                .isEqualTo("The transport is used: all requests go out over WebSockets, in the Responses API");
        assertThat(conflict.mend()).isEqualTo("Remove quarkus.llm.local.transport, or else quarkus.llm.local.wire-api");
    }

    @Test
    void allThatSpeaksAgainstTheTransportIsToldAtOnce() {
        Conflict conflict = local("transport=websocket;wire-api=chat-completions;capabilities.responses-api=false").conflict();

        assertThat(conflict.sides()).extracting(Side::what).containsExactly("quarkus.llm.local.transport",
                "quarkus.llm.local.wire-api", "quarkus.llm.local.capabilities.responses-api");
        assertThat(conflict.mend()).isEqualTo("Remove quarkus.llm.local.transport, or else quarkus.llm.local.wire-api and "
                + "quarkus.llm.local.capabilities.responses-api");
    }

    @ParameterizedTest
    @CsvSource({
            "preset=llama-cpp;transport=websocket,                              pinned-transport-missing:local",
            "preset=ollama;transport=websocket,                                 pinned-transport-missing:local",
            "preset=ollama;transport=websocket;capabilities.websocket=false,    pinned-transport-missing:local",
            "preset=ollama;transport=websocket;capabilities.websocket=true,     ''",
            "preset=ollama;transport=auto,                                      ''",
            "preset=ollama;transport=sse,                                       ''",
            "preset=vllm;transport=websocket,                                   ''",
            "preset=openai;transport=websocket,                                 ''" })
    void serversOfThePresetMustHaveWebSocketsWhereNothingElseIsSaid(String settings, String ids) {
        assertThat(String.join(",", local(settings).ids())).isEqualTo(ids);
    }

    @Test
    void whatIsKnownOfThePresetIsToldWithItsSource() {
        Conflict conflict = local("preset=ollama;transport=websocket").conflict();

        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.sides()).extracting(Side::what).containsExactly("quarkus.llm.local.transport",
                "quarkus.llm.local.preset");
        assertThat(conflict.what()).isEqualTo("Provider 'local' takes WebSockets alone, which a server of the kind 'ollama' is "
                + "known not to have (https://docs.ollama.com/api/openai-compatibility)");
        assertThat(conflict.outcome()).isEqualTo("All requests try WebSockets nevertheless");
        assertThat(conflict.mend()).isEqualTo("Remove quarkus.llm.local.transport, or set "
                + "quarkus.llm.local.capabilities.websocket=true if this server has them");
    }

    private static Application local(String settings) {
        Application application = Application.withLocal();
        for (String setting : settings.split(";")) {
            String[] parts = setting.split("=");
            application = application.with("quarkus.llm.local." + parts[0], parts[1]);
        }
        return application;
    }

    @Test
    void aServerHasOneOfTheWireApis() {
        assertThat(Application.withLocal().with("quarkus.llm.local.capabilities.responses-api", "false")
                .with("quarkus.llm.local.capabilities.chat-completions-api", "false").ids())
                .containsExactly("no-wire-api:local");
    }
}
