package io.quarkiverse.llm.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class StartCheckTest {

    private static final Neighbours ALONE = new Neighbours(false, false);
    private static final Neighbours WITH_REDIS = new Neighbours(true, false);

    private static LlmGatewayRuntimeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "application.properties", 250))
                .withMapping(LlmGatewayRuntimeConfig.class).build().getConfigMapping(LlmGatewayRuntimeConfig.class);
    }

    @ParameterizedTest
    @EnumSource(names = { "NORMAL", "RUN" })
    void nobodyStartsAnOpenGatewayUnawares(LaunchMode mode) {
        assertThatThrownBy(() -> StartCheck.check(config(Map.of()), mode, ALONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-gateway.authentication is not set, and there are no keys: nobody could use the"
                        + " gateway. Set quarkus.llm-gateway.keys.\"NAME\".value for each who may, or"
                        + " quarkus.llm-gateway.authentication=none to let everybody in who reaches it, or"
                        + " quarkus.llm-gateway.active=false to start without the gateway");
    }

    @ParameterizedTest
    @EnumSource(value = LaunchMode.class, mode = EnumSource.Mode.EXCLUDE, names = { "NORMAL", "RUN" })
    void developmentAndTestsNeedNothing(LaunchMode mode) {
        assertThatCode(() -> StartCheck.check(config(Map.of()), mode, ALONE)).doesNotThrowAnyException();
    }

    @Test
    void whoSaysSoMayHaveItOpen() {
        assertThatCode(
                () -> StartCheck.check(config(Map.of("quarkus.llm-gateway.authentication", "none")), LaunchMode.NORMAL, ALONE))
                .doesNotThrowAnyException();
    }

    @Test
    void aGatewayThatIsSwitchedOffNeedsNothing() {
        assertThatCode(() -> StartCheck.check(config(Map.of("quarkus.llm-gateway.active", "false")), LaunchMode.NORMAL, ALONE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "keep-alive | 0s | quarkus.llm-gateway.keep-alive is PT0S and must be longer than 0, such as 15s",
            "keep-alive | -1s | quarkus.llm-gateway.keep-alive is PT-1S and must be longer than 0, such as 15s",
            "body-timeout | 0s | quarkus.llm-gateway.body-timeout is PT0S and must be longer than 0, such as 60s",
            "commit-after | -1s | quarkus.llm-gateway.commit-after is PT-1S and must be 0 to begin each streamed answer at once,"
                    + " or longer, such as 10s",
            "models-refresh | -1s | quarkus.llm-gateway.models-refresh is PT-1S and must be 0 to ask for the models each time,"
                    + " or longer, such as 60s",
            "store.time-to-live | 0s | quarkus.llm-gateway.store.time-to-live is PT0S and must be longer than 0, such as 24h",
            "store.timeout | 0s | quarkus.llm-gateway.store.timeout is PT0S and must be longer than 0, such as 1s",
            "store.max-entries | 0 | quarkus.llm-gateway.store.max-entries is 0 and must be larger than 0, such as 100000",
            "store.max-bytes | 0 | quarkus.llm-gateway.store.max-bytes is 0 and must be larger than 0, such as 256M",
            "max-body-size | 0 | quarkus.llm-gateway.max-body-size is 0 and must be larger than 0, such as 64M",
            "websocket.max-lifetime | 0s | quarkus.llm-gateway.websocket.max-lifetime is PT0S and must be longer than 0, such as"
                    + " 60m",
            "websocket.ping-interval | -1s | quarkus.llm-gateway.websocket.ping-interval is PT-1S and must be 0 for no pings,"
                    + " or longer, such as 30s",
            "websocket.idle-timeout | -1s | quarkus.llm-gateway.websocket.idle-timeout is PT-1S and must be 0 to keep what is"
                    + " idle, or longer, such as 10m",
            "websocket.max-in-flight | 0 | quarkus.llm-gateway.websocket.max-in-flight is 0 and must be 1 or more, such as 16",
            "websocket.max-queued | 0 | quarkus.llm-gateway.websocket.max-queued is 0 and must be 1 or more, such as 64",
            "websocket.max-lanes | -1 | quarkus.llm-gateway.websocket.max-lanes is -1 and must be 0 to allow no stream_id, or"
                    + " more, such as 32" })
    void aLimitThatNothingCouldKeepStopsTheStart(String key, String value, String message) {
        assertThatThrownBy(() -> StartCheck.check(config(Map.of("quarkus.llm-gateway." + key, value)), LaunchMode.TEST, ALONE))
                .isInstanceOf(ConfigurationException.class).hasMessage(message);
        assertThatCode(() -> StartCheck.check(
                config(Map.of("quarkus.llm-gateway." + key, value, "quarkus.llm-gateway.active", "false")), LaunchMode.TEST,
                ALONE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "commit-after", "models-refresh" })
    void noTimeMayBeMeant(String key) {
        assertThatCode(() -> StartCheck.check(config(Map.of("quarkus.llm-gateway." + key, "0s")), LaunchMode.TEST, ALONE))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeyThatCouldBeGuessedStopsTheStart() {
        assertThatThrownBy(() -> StartCheck.check(
                config(Map.of("quarkus.llm-gateway.encryption-keys", "0123456789abcdef,hunter2")), LaunchMode.TEST, ALONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-gateway.encryption-keys: number 2 of 2 has 7 characters and must have at least 16,"
                        + " best random ones as 'openssl rand -hex 32' gives them");
    }

    @Test
    void severalLongKeysMayBeSet() {
        assertThatCode(() -> StartCheck.check(
                config(Map.of("quarkus.llm-gateway.encryption-keys", "0123456789abcdef,fedcba9876543210")), LaunchMode.TEST,
                ALONE))
                .doesNotThrowAnyException();
    }

    @Test
    void redisNeedsAClient() {
        LlmGatewayRuntimeConfig redis = config(Map.of("quarkus.llm-gateway.store.type", "redis"));
        assertThatThrownBy(() -> StartCheck.check(redis, LaunchMode.TEST, ALONE)).isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "quarkus.llm-gateway.store.type is redis, but the application has no Redis client. Add the extension"
                                + " io.quarkus:quarkus-redis-client, or set quarkus.llm-gateway.store.type=memory");
        assertThatCode(() -> StartCheck.check(redis, LaunchMode.TEST, WITH_REDIS)).doesNotThrowAnyException();
        assertThatCode(() -> StartCheck.check(config(Map.of()), LaunchMode.TEST, ALONE)).doesNotThrowAnyException();
    }

    @Test
    void aStoreThatIsSwitchedOffNeedsNothing() {
        assertThatCode(() -> StartCheck.check(config(Map.of("quarkus.llm-gateway.store.type", "redis",
                "quarkus.llm-gateway.store.timeout", "0s", "quarkus.llm-gateway.store.enabled", "false")), LaunchMode.TEST,
                ALONE)).doesNotThrowAnyException();
    }
}
