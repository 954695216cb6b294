package io.quarkiverse.llm.runtime.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmClient;

/** Names that settings give: of providers, of TLS and proxy configurations. */
class NamedThingsRulesTest {

    @Test
    void anActiveProviderThatThereIsNotLeavesTheDefaultOneAbsent() {
        Conflict conflict = Application.withLocal().with("quarkus.llm.active", "lcoal").conflict();

        assertThat(conflict.id()).isEqualTo("unknown-active:lcoal");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.absent()).containsExactly(LlmClient.DEFAULT);
        assertThat(conflict.sentence()).isEqualTo("quarkus.llm.active is 'lcoal', which is no configured provider. Say "
                + "'local', or set quarkus.llm.lcoal.base-url.");
    }

    @Test
    void aBeanOrAnExtensionsProviderMayBeActive() {
        assertThat(new Application().with("quarkus.llm.active", "mine").bean("mine", "Mine", true).ids()).isEmpty();
        assertThat(new Application().with("quarkus.llm.active", "acme").extension("acme", "acme", 0, Map.of()).ids()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "tls, tls-configuration-name, Set quarkus.tls.other.*",
            "proxy, proxy-configuration-name, 'Set quarkus.proxy.other.host, or say ''none'' for no proxy'" })
    void aProviderWhoseTlsOrProxyConfigurationThereIsNotIsAbsent(String kind, String member, String mend) {
        Conflict conflict = Application.withLocal().with("quarkus.llm.local." + member, "other").conflict();

        assertThat(conflict.id()).isEqualTo("unknown-" + kind + ":local");
        assertThat(conflict.severity()).isEqualTo(Severity.WARN);
        assertThat(conflict.absent()).containsExactly("local");
        assertThat(conflict.mend()).isEqualTo(mend);
    }

    @Test
    void theDefaultProviderIsAbsentWithTheOneBehindIt() {
        assertThat(Application.withLocal().with("quarkus.llm.local.tls-configuration-name", "other")
                .with("quarkus.llm.active", "local").conflict().absent()).containsExactlyInAnyOrder(LlmClient.DEFAULT, "local");
    }

    @Test
    void namesThatTheRegistriesKnowAreFine() {
        assertThat(Application.withLocal().with("quarkus.llm.local.tls-configuration-name", "inhouse")
                .with("quarkus.llm.local.proxy-configuration-name", "outside").ids()).isEmpty();
    }

    @Test
    void aReservedNameIsAnError() {
        Conflict conflict = new Application().with("quarkus.llm.health.base-url", "http://host").conflict();

        assertThat(conflict.id()).isEqualTo("reserved-name:health");
        assertThat(conflict.severity()).isEqualTo(Severity.ERROR);
        assertThat(conflict.sides()).containsExactly(new Side("quarkus.llm.health.base-url", "application.properties"));
    }

    @ParameterizedTest
    @CsvSource({ "QUARKUS_LLM_GATEWAY_BASE_URL, ''", "QUARKUS_LLM_CONNECT_BASE_URL, ''",
            "QUARKUS_LLM_HEALTH_BASE_URL, reserved-name:health" })
    void aVariableMayBeMeantForAnotherKey(String variable, String ids) {
        assertThat(String.join(",", new Application().environment(variable, "http://host").ids())).isEqualTo(ids);
    }

    @Test
    void aFileIsNot() {
        Conflict conflict = new Application().with("quarkus.llm.gateway.base-url", "http://host").conflict();

        assertThat(conflict.id()).isEqualTo("reserved-name:gateway");
        assertThat(conflict.mend()).isEqualTo("Choose another name, or write quarkus.llm-gateway.* where that is meant");
    }

    @ParameterizedTest
    @ValueSource(strings = { "quarkus.llm.headers.preset", "quarkus.llm.extra-body.base-url",
            "quarkus.llm.query-parameters.preset" })
    void whatTheUserNamesHimselfMayBeCalledLikeASetting(String key) {
        assertThat(Application.withLocal().with(key, "openai").ids()).isEmpty();
    }
}
