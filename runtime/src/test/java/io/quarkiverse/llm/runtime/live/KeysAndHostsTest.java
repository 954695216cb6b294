package io.quarkiverse.llm.runtime.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.Secret;

/** A key goes to the host that it was given for, and to no other. */
class KeysAndHostsTest {

    private static final Map<String, String> WITH_SECRETS = Map.of(
            "quarkus.llm.local.base-url", "http://one.example.com/v1?version=1",
            "quarkus.llm.local.api-key", "key-of-one",
            "quarkus.llm.local.organization", "org-of-one",
            "quarkus.llm.local.headers.X-Key", "header-of-one",
            "quarkus.llm.local.query-parameters.token", "parameter-of-one",
            "quarkus.llm.local.extra-body.account", "ACCOUNT-OF-ONE",
            "quarkus.llm.local.extra-body.top_k", "40");

    private final LiveFixture live = new LiveFixture(WITH_SECRETS);

    @Test
    void noSecretOfTheConfigurationGoesToAnotherHost() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two.example.com/v1"));

        assertThat(live.key("local")).isEmpty();
        assertThat(live.inUse("local").organization()).isEmpty();
        assertThat(live.inUse("local").headers()).isEmpty();
        assertThat(live.inUse("local").endpoint().query().reveal()).isEmpty();
        assertThat(live.inUse("local").extraBody()).containsOnlyKeys("top_k");
    }

    @Test
    void whatIsGivenAnewGoesThere() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two.example.com/v1")
                .with("api-key", Secret.of("key-of-two")).with("headers.X-Key", "header-of-two"));

        assertThat(live.key("local")).contains("key-of-two");
        assertThat(live.inUse("local").headers()).containsEntry("X-Key", Secret.of("header-of-two"));
    }

    @Test
    void itMayBeGivenLater() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two.example.com/v1"));
        live.providers.update("local", LlmProviderUpdate.apiKey(Secret.of("key-of-two")));

        assertThat(live.key("local")).contains("key-of-two");
        assertThat(live.inUse("local").headers()).isEmpty();
    }

    @Test
    void anotherPathOfTheSameHostKeepsTheSecrets() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://one.example.com/v2"));

        assertThat(live.key("local")).contains("key-of-one");
        assertThat(live.inUse("local").headers()).containsKey("X-Key");
    }

    @Test
    void aKeyThatWasGivenForOneHostDoesNotGoToTheNext() {
        live.providers.update("local", LlmProviderUpdate.apiKey(Secret.of("new-key-of-one")));
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two.example.com/v1"));
        assertThat(live.key("local")).isEmpty();

        live.providers.update("local", LlmProviderUpdate.baseUrl("http://one.example.com/v1"));
        assertThat(live.key("local")).contains("new-key-of-one");
    }

    @Test
    void backAtTheConfiguredHostTheConfiguredKeyHoldsAgain() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two.example.com/v1")
                .with("api-key", Secret.of("key-of-two")));
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://one.example.com/v1"));

        assertThat(live.key("local")).contains("key-of-one");
    }

    @Test
    void anotherPortOrSchemeIsAnotherHost() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://one.example.com:8080/v1"));

        assertThat(live.key("local")).isEmpty();
    }

    @Test
    void resettingGivesTheConfiguredKeyBack() {
        live.providers.update("local", LlmProviderUpdate.baseUrl("http://two.example.com/v1"));
        live.providers.reset("local");

        assertThat(live.key("local")).contains("key-of-one");
    }

    @Test
    void aHostedServerAsksForItsOwnKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live.providers.update("local", LlmProviderUpdate.baseUrl("https://api.openai.com/v1")))
                .withMessage(
                        "Provider 'local' (api.openai.com) has no API key: set quarkus.llm.local.api-key or the environment "
                                + "variable QUARKUS_LLM_LOCAL_API_KEY; the one there is was given for another server");
        assertThat(live.inUse("local").endpoint().host()).isEqualTo("one.example.com");
    }
}
