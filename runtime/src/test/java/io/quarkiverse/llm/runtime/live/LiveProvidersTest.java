package io.quarkiverse.llm.runtime.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderChange.Cause;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.runtime.config.Configuration;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What may be changed while the application runs, what not, and what it then is. */
class LiveProvidersTest {

    private static final Map<String, String> TWO = Map.of(
            "quarkus.llm.local.base-url", "http://localhost:8080",
            "quarkus.llm.local.model", "small",
            "quarkus.llm.cloud.base-url", "http://cloud.example.com/v1",
            "quarkus.llm.cloud.model", "large",
            "quarkus.llm.active", "local");

    @Test
    void anUpdateChangesWhatItSaysAndNothingElse() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.update("local", LlmProviderUpdate.model("medium").with("idle-timeout", "7s"));

        assertThat(live.inUse("local").model()).contains("medium");
        assertThat(live.inUse("local").timeLimits().idle()).hasSeconds(7);
        assertThat(live.inUse("local").endpoint()).hasToString("http://localhost:8080/v1");
        assertThat(live.inUse("cloud").model()).contains("large");
        assertThat(live.changes).containsExactly(new LlmProviderChange("local", Cause.UPDATED,
                new TreeSet<>(Set.of("idle-timeout", "model"))));
    }

    @Test
    void updatesAddUpUntilTheyAreReset() {
        LiveFixture live = new LiveFixture(TWO);
        live.providers.update("local", LlmProviderUpdate.model("medium"));
        live.providers.update("local", LlmProviderUpdate.of("wire-api", "responses"));
        assertThat(live.inUse("local").model()).contains("medium");

        live.providers.reset("local");

        assertThat(live.inUse("local").model()).contains("small");
        assertThat(live.inUse("local").wire().api()).hasToString("AUTO");
        assertThat(live.changes).last().isEqualTo(new LlmProviderChange("local", Cause.RESET,
                new TreeSet<>(Set.of("model", "wire-api"))));
    }

    @Test
    void theTransportIsASettingAsAnyOther() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.update("local", LlmProviderUpdate.of("transport", "websocket").with("websocket.max-connections", "2"));

        assertThat(live.inUse("local").wire().transport()).hasToString("WEBSOCKET");
        assertThat(live.inUse("local").wire().api()).as("which WebSockets carry alone").hasToString("RESPONSES");
        assertThat(live.inUse("local").webSocket().maxConnections()).isEqualTo(2);
        assertThat(live.inUse("cloud").wire().transport()).hasToString("AUTO");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.of("websocket.max-connections", "0")))
                .withMessageContaining("websocket.max-connections is 0, but must be at least 1");
        assertThat(live.inUse("local").webSocket().maxConnections()).as("as before").isEqualTo(2);
    }

    @Test
    void anEmptyValueTakesASettingAway() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.update("local", LlmProviderUpdate.model(""));

        assertThat(live.inUse("local").model()).isEmpty();
    }

    @Test
    void whatIsTheSameIsNoChange() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.update("local", LlmProviderUpdate.model("small"));
        live.providers.activate("local");
        live.providers.reset();

        assertThat(live.changes).isEmpty();
    }

    @Test
    void aHeaderIsASetting() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.update("local", LlmProviderUpdate.of("headers.X-Team", "blue").with("headers.\"x.y\"", "dot"));

        assertThat(live.inUse("local").headers()).containsOnlyKeys("X-Team", "x.y");
    }

    @Test
    void aNameThatStandsInQuotesIsTheSameProvider() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.\"my.server\".base-url", "http://one",
                "quarkus.llm.\"my.server\".model", "small"));

        live.providers.update("my.server", LlmProviderUpdate.model("large"));

        assertThat(live.inUse("my.server").model()).contains("large");
    }

    @Test
    void anotherProviderIsPutBehindTheDefault() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.activate("cloud");

        assertThat(live.providers.active()).contains("cloud");
        assertThat(live.changes).containsExactly(new LlmProviderChange(LlmClient.DEFAULT, Cause.ACTIVATED,
                new TreeSet<>(Set.of("active"))));
        live.providers.reset(LlmClient.DEFAULT);
        assertThat(live.providers.active()).contains("local");
    }

    @Test
    void theDefaultProvidersOwnConfigurationCanBeActivated() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.base-url", "http://own", "quarkus.llm.local.base-url",
                "http://local", "quarkus.llm.active", "local"));

        live.providers.activate(LlmClient.DEFAULT);

        assertThat(live.providers.active()).isEmpty();
        assertThat(live.inUse(LlmClient.DEFAULT).endpoint()).hasToString("http://own:80/v1");
    }

    @Test
    void aBeanCanBeActivatedButNotUpdated() {
        LiveFixture live = new LiveFixture(TWO, "mine");

        live.providers.activate("mine");
        assertThat(live.providers.active()).contains("mine");

        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.update("mine", LlmProviderUpdate.model("m")))
                .withMessage("Provider 'mine' is a bean of the application: it has no settings to change");
    }

    @Test
    void nothingTakesThePlaceOfADefaultBean() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.local.base-url", "http://local"), LlmClient.DEFAULT);

        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.activate("local"))
                .withMessage("A bean of the application is the default provider: no other can take its place");
    }

    @Test
    void aProviderThatIsNotThereIsRefusedWithTheOnesThatAre() {
        LiveFixture live = new LiveFixture(TWO);

        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.activate("lcoal"))
                .withMessage("There is no provider 'lcoal'; did you mean 'local'?");
        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.activate(LlmClient.DEFAULT))
                .withMessageStartingWith("The default provider is not configured: set quarkus.llm.base-url");
        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.update("remote", LlmProviderUpdate.model("m")))
                .withMessage("There is no provider 'remote'; there are: <default>, cloud, local");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update(LlmClient.DEFAULT, LlmProviderUpdate.model("m")))
                .withMessage("'local' stands behind the default provider: change that one");
        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.reset("remote"));
        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.settings("remote"));
    }

    @Test
    void aSettingThatIsNotThereIsRefusedWithTheNearestOne() {
        LiveFixture live = new LiveFixture(TWO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.of("baseurl", "http://other")))
                .withMessage("There is no setting quarkus.llm.local.baseurl; did you mean 'base-url'?");
    }

    @Test
    void aWrongValueIsRefusedAndNothingChanges() {
        LiveFixture live = new LiveFixture(TWO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.model("m").with("wire-api", "telegraph")))
                .withMessageContaining("quarkus.llm.local.wire-api").withMessageContaining("is no wire API");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.of("max-concurrent-requests", "0")))
                .withMessage("quarkus.llm.local.max-concurrent-requests is 0, but must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.baseUrl("")))
                .withMessage("Provider 'local' is not configured: set quarkus.llm.local.base-url (environment variable "
                        + "QUARKUS_LLM_LOCAL_BASE_URL) or quarkus.llm.local.preset");

        assertThat(live.inUse("local").model()).contains("small");
        assertThat(live.changes).isEmpty();
    }

    @Test
    void theLastWordIsThatOfTheCheck() {
        SettingsCheck check = (config, resolver) -> {
            throw new ConfigurationException("never");
        };
        LiveFixture live = new LiveFixture(TWO, OverridesStore.NONE, check);

        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.activate("cloud")).withMessage("never");
        assertThat(live.providers.active()).contains("local");
    }

    @Test
    void aProviderThatIsLeftOutSaysWhy() {
        LiveFixture live = new LiveFixture(TWO, OverridesStore.NONE,
                (config, resolver) -> new SettingsCheck.Finding(Map.of("broken", "No such TLS configuration"), () -> {
                }));

        assertThatIllegalArgumentException().isThrownBy(() -> live.providers.get("broken"))
                .withMessage("No such TLS configuration");
    }

    @Test
    void valuesAreTakenLiterally() {
        LiveFixture live = new LiveFixture(Map.of("quarkus.llm.local.base-url", "http://one", "quarkus.llm.local.api-key",
                "secret"));

        live.providers.update("local", LlmProviderUpdate.model("${quarkus.llm.local.api-key}").with("headers.X", "a$b\\${c}"));

        assertThat(live.inUse("local").model()).contains("${quarkus.llm.local.api-key}");
        assertThat(live.inUse("local").headers().get("X").reveal()).isEqualTo("a$b\\${c}");
    }

    @Test
    void aValueThatCannotBeReadIsSaidInASentence() {
        LiveFixture live = new LiveFixture(TWO);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.of("temperature", "hot")))
                .withMessage("quarkus.llm.local.temperature: Expected a double value, got \"hot\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.of("preset", "olama")))
                .withMessageStartingWith("quarkus.llm.local.preset: 'olama' is no preset; did you mean 'ollama'?");
    }

    @Test
    void manySettingsAreChangedAtOnce() {
        LiveFixture live = new LiveFixture(TWO);

        live.providers.update("local", LlmProviderUpdate.of(Map.of("model", "large", "idle-timeout", "5s")));

        assertThat(live.changes).singleElement()
                .satisfies(change -> assertThat(change.keys()).containsExactly("idle-timeout", "model"));
    }

    @Test
    void theStrongestProfileWins() {
        LiveFixture live = new LiveFixture(new SmallRyeConfigBuilder()
                .addDiscoveredConverters().addDefaultInterceptors().withProfile("team,dev")
                .withSources(new PropertiesConfigSource(Map.of(
                        "%team.quarkus.llm.local.base-url", "http://team-host",
                        "%team.quarkus.llm.local.api-key", "key-of-team",
                        "%dev.quarkus.llm.local.base-url", "http://dev-host",
                        "%dev.quarkus.llm.local.api-key", "key-of-dev"), "application.properties", 250))
                .withMapping(LlmRuntimeConfig.class).build(), OverridesStore.NONE,
                (config, resolver) -> SettingsCheck.Finding.NOTHING);
        String host = live.inUse("local").endpoint().host();
        String key = live.key("local").orElseThrow();

        live.providers.update("local", LlmProviderUpdate.model("m"));
        assertThat(live.inUse("local").endpoint().host()).isEqualTo(host);
        assertThat(live.key("local")).contains(key);

        live.providers.reset();
        assertThat(live.inUse("local").endpoint().host()).isEqualTo(host);
        assertThat(live.key("local")).contains(key);
    }

    @Test
    void valuesOfTheEnvironmentAreOverridden() {
        LiveFixture live = new LiveFixture(Configuration.of(Map.of()).with(Map.of("QUARKUS_LLM_LOCAL_BASE_URL", "http://one",
                "QUARKUS_LLM_LOCAL_MODEL", "small")).config(), OverridesStore.NONE,
                (config, resolver) -> SettingsCheck.Finding.NOTHING);

        live.providers.update("local", LlmProviderUpdate.model("large"));
        assertThat(live.inUse("local").model()).contains("large");

        live.providers.reset();
        assertThat(live.inUse("local").model()).contains("small");
    }
}
