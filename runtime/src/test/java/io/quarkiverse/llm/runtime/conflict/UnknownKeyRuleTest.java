package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeyRuleTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
            "quarkus.llm.baseurl,                  quarkus.llm.base-url",
            "quarkus.llm.local.baseurl,            quarkus.llm.local.base-url",
            "quarkus.llm.local.apikey,             quarkus.llm.local.api-key",
            "quarkus.llm.other.baseurl,            quarkus.llm.other.base-url",
            "quarkus.llm.\"a.b\".modell,           quarkus.llm.\"a.b\".model",
            "quarkus.llm.local.quirks.seedfield,   quarkus.llm.local.quirks.seed-field",
            "quarkus.llm.local.quirk.seed-field,   quarkus.llm.local.quirks.seed-field",
            "quarkus.llm.quirk.seed-field,         quarkus.llm.quirks.seed-field",
            "quarkus.llm.local.seed-field,         quarkus.llm.local.quirks.seed-field",
            "quarkus.llm.local.header.X-Team,      quarkus.llm.local.headers.X-Team",
            "quarkus.llm.header.X-Team,            quarkus.llm.headers.X-Team",
            "quarkus.llm.activ,                    quarkus.llm.active",
            "quarkus.llm.conflict,                 quarkus.llm.conflicts",
            "quarkus.llm.devservice.enabled,       quarkus.llm.devservices.enabled",
            "quarkus.llm.connect.timeout,          quarkus.llm.connect-timeout",
            "quarkus.llm.gateway.port,             quarkus.llm-gateway.port" })
    void theNearestKeyIsTold(String written, String meant) {
        Conflict conflict = Application.withLocal().with(written, "1").conflict();

        assertThat(conflict.id()).isEqualTo("unknown-key:" + written);
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.sides()).containsExactly(new Side(written, "application.properties"));
        assertThat(conflict.mend()).isEqualTo("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.local.foo", "quarkus.llm.quirks.foo" })
    void whatIsClearlyOursButNearNothingIsToldWithoutAGuess(String written) {
        assertThat(Application.withLocal().with(written, "1").conflict().mend()).isEqualTo("Remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.telemetry", "quarkus.llm.cost-report.currency", "quarkus.llm-gateway.baseurl",
            "quarkus.llm.local.headers.baseurl", "quarkus.llm.extra-body.temprature", "quarkus.llm.stop[1]",
            "quarkus.llm.local.quirks.omitted-fields[0]", "quarkus.llm.conflicts-ignore[0]" })
    void whatMayBelongToSomebodyElseAndWhatIsRightIsLeftAlone(String written) {
        assertThat(Application.withLocal().with(written, "1").ids()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "QUARKUS_LLM_BASEURL,              QUARKUS_LLM_BASE_URL",
            "QUARKUS_LLM_LOCAL_BASEURL,        QUARKUS_LLM_LOCAL_BASE_URL",
            "QUARKUS_LLM_LOCAL_API_KEYS,       QUARKUS_LLM_LOCAL_API_KEY",
            "QUARKUS_LLM_LOCAL_QUIRKS_SEEDFIELD, QUARKUS_LLM_LOCAL_QUIRKS_SEED_FIELD" })
    void aVariableIsToldTheNearestVariable(String written, String meant) {
        Conflict conflict = Application.withLocal().with("quarkus.llm.base-url", "http://other").environment(written, "hush")
                .conflict();

        assertThat(conflict.id()).isEqualTo("unknown-key:" + written);
        assertThat(conflict.sides()).containsExactly(new Side(written, "environment variable"));
        assertThat(conflict.mend()).isEqualTo("Did you mean " + meant + "?");
        assertThat(conflict.toString()).doesNotContain("hush");
    }

    @ParameterizedTest
    @CsvSource({ "QUARKUS_LLM_LOCAL_API_KEY, k", "QUARKUS_LLM_API_KEY, k", "QUARKUS_LLM_MY_SERVER_API_KEY, k",
            "QUARKUS_LLM_DASHED_NAME_API_KEY, k", "QUARKUS_LLM_GATEWAY_BASE_URL, http://host",
            "QUARKUS_LLM_MESSAGING_CHANNEL, c", "QUARKUS_LLM_CONNECT_TIMEOUT, 1s", "QUARKUS_LLM_HEADERS_X_TEAM, a",
            "QUARKUS_LLM_LOCAL_EXTRA_BODY_MODE, a", "QUARKUS_LLM_DEVSERVICES_ENABLED, true", "QUARKUS_LLM_CONFLICTS, warn",
            "QUARKUS_LLM_QUIRKS_SEED_FIELD, seed" })
    void variablesThatAreRightOrOfSomebodyElseAreLeftAlone(String variable, String value) {
        assertThat(Application.withLocal().with("quarkus.llm.base-url", "http://other")
                .with("quarkus.llm.my-server.base-url", "http://third")
                .environment(variable, value).ids()).isEmpty();
    }

    @Test
    void aFileOfVariablesIsReadLikeTheEnvironment() {
        Conflict conflict = Application.withLocal().dotEnv("QUARKUS_LLM_LOCAL_BASEURL", "http://host")
                .dotEnv("QUARKUS_LLM_GATEWAY_BASE_URL", "http://host").conflict();

        assertThat(conflict.id()).isEqualTo("unknown-key:QUARKUS_LLM_LOCAL_BASEURL");
        assertThat(conflict.sides()).containsExactly(new Side("QUARKUS_LLM_LOCAL_BASEURL", ".env"));
    }

    @Test
    void aMisspeltNameIsToldTheNearestOne() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.lcoal.model", "one").conflict();

        assertThat(conflict.id()).isEqualTo("unknown-name:lcoal");
        assertThat(conflict.what()).isEqualTo("There are settings for 'lcoal', which has no base-url");
        assertThat(conflict.sides()).containsExactly(new Side("quarkus.llm.lcoal.model", "application.properties"));
        assertThat(conflict.mend()).isEqualTo("Set quarkus.llm.lcoal.base-url or quarkus.llm.lcoal.preset; did you mean "
                + "'local'?");
    }
}
