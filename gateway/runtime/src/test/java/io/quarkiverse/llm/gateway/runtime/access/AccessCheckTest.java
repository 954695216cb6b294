package io.quarkiverse.llm.gateway.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.Authentication;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

class AccessCheckTest {

    private static void check(LaunchMode mode, String... settings) {
        AccessCheck.check(KeyAccessTest.config(map(settings)), mode, false);
    }

    private static Map<String, String> map(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return map;
    }

    private static Authentication authentication(LaunchMode mode, String... settings) {
        return Access.authentication(KeyAccessTest.config(map(settings)), mode);
    }

    @Test
    void whatIsNotSaidDependsOnTheModeAndTheKeys() {
        assertThat(authentication(LaunchMode.DEVELOPMENT)).isEqualTo(Authentication.NONE);
        assertThat(authentication(LaunchMode.TEST)).isEqualTo(Authentication.NONE);
        assertThat(authentication(LaunchMode.TEST, "keys.alice.value", "secret-of-alice")).isEqualTo(Authentication.API_KEY);
        assertThat(authentication(LaunchMode.NORMAL)).isEqualTo(Authentication.API_KEY);
        assertThat(authentication(LaunchMode.NORMAL, "authentication", "none")).isEqualTo(Authentication.NONE);
    }

    @ParameterizedTest
    @EnumSource(LaunchMode.class)
    void whereKeysAreDemandedThereMustBeSome(LaunchMode mode) {
        assertThatThrownBy(() -> check(mode, "authentication", "api-key")).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-gateway.authentication is api-key, but there are no keys. Set"
                        + " quarkus.llm-gateway.keys.\"NAME\".value for each who may, or quarkus.llm-gateway.authentication=none"
                        + " to let everybody in who reaches it, or quarkus.llm-gateway.active=false to start without the"
                        + " gateway");
    }

    @Test
    void oneKeyIsEnough() {
        assertThatCode(() -> check(LaunchMode.NORMAL, "keys.alice.value", "secret-of-alice")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "alice | '' | quarkus.llm-gateway.keys.\"alice\".value is not set: set it to what that client sends",
            "alice | '        ' | quarkus.llm-gateway.keys.\"alice\".value is not set: set it to what that client sends",
            "alice | short67 | quarkus.llm-gateway.keys.\"alice\".value is too short: it must have at least 8 characters",
            "alice | secret of alice | quarkus.llm-gateway.keys.\"alice\".value has a space",
            "alice | secret-of-zoë | quarkus.llm-gateway.keys.\"alice\".value has a space or another character",
            "alice | secret-of-bob | quarkus.llm-gateway.keys.\"bob\".value is the same as that of \"alice\"" })
    void aKeyThatTellsNobodyApartStopsTheStartAndIsNotShown(String name, String value, String message) {
        assertThatThrownBy(() -> check(LaunchMode.TEST, "keys.bob.value", "secret-of-bob", "keys." + name + ".value", value,
                "keys." + name + ".admin", "false")).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message).hasMessageNotContaining(value.isBlank() ? "secret" : value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "limits.requests-per-minute | 0 | is 0 and must be larger than 0; take it out for no limit",
            "limits.tokens-per-minute | -1 | is -1 and must be larger than 0; take it out for no limit",
            "limits.concurrent-requests | 0 | is 0 and must be larger than 0; take it out for no limit",
            "limits.queue-length | -1 | is -1 and must be 0 or larger",
            "limits.queue-timeout | 0s | is PT0S and must be longer than 0, such as 30s",
            "limits.websockets | 0 | is 0 and must be larger than 0; take it out for no limit",
            "max-websockets | 0 | is 0 and must be larger than 0",
            "keys.alice.limits.websockets | 0 | is 0 and must be larger than 0; take it out for no limit" })
    void aLimitThatNothingCouldKeepStopsTheStart(String key, String value, String message) {
        assertThatThrownBy(() -> check(LaunchMode.TEST, "keys.alice.value", "secret-of-alice", key, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-gateway." + key.replace("alice", "\"alice\"") + " " + message);
    }

    @Test
    void keysOfTheGatewayGoToNoProvider() {
        assertThatThrownBy(() -> check(LaunchMode.TEST, "keys.alice.value", "secret-of-alice", "client-keys-to", "cloud"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("quarkus.llm-gateway.client-keys-to is set, but with");
        assertThatCode(() -> check(LaunchMode.TEST, "client-keys-to", "cloud")).doesNotThrowAnyException();
    }

    @Test
    void thatOfQuarkusIsThereOrTheStartSaysHowToGetIt() {
        assertThatThrownBy(() -> check(LaunchMode.NORMAL, "authentication", "quarkus-security"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the application has no security extension: add one");
        assertThatCode(() -> AccessCheck.check(KeyAccessTest.config(Map.of("authentication", "quarkus-security")),
                LaunchMode.NORMAL, true)).doesNotThrowAnyException();
    }
}
