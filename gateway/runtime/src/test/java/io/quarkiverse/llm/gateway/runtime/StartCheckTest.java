package io.quarkiverse.llm.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class StartCheckTest {

    private static LlmGatewayRuntimeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "application.properties", 250))
                .withMapping(LlmGatewayRuntimeConfig.class).build().getConfigMapping(LlmGatewayRuntimeConfig.class);
    }

    @ParameterizedTest
    @EnumSource(names = { "NORMAL", "RUN" })
    void nobodyStartsAnOpenGatewayUnawares(LaunchMode mode) {
        assertThatThrownBy(() -> StartCheck.check(config(Map.of()), mode))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-gateway.authentication is not set: everybody who reaches the gateway could use its"
                        + " models. Set quarkus.llm-gateway.authentication=none if that is meant, or"
                        + " quarkus.llm-gateway.active=false to start without the gateway");
    }

    @ParameterizedTest
    @EnumSource(value = LaunchMode.class, mode = EnumSource.Mode.EXCLUDE, names = { "NORMAL", "RUN" })
    void developmentAndTestsNeedNothing(LaunchMode mode) {
        assertThatCode(() -> StartCheck.check(config(Map.of()), mode)).doesNotThrowAnyException();
    }

    @Test
    void whoSaysSoMayHaveItOpen() {
        assertThatCode(() -> StartCheck.check(config(Map.of("quarkus.llm-gateway.authentication", "none")), LaunchMode.NORMAL))
                .doesNotThrowAnyException();
    }

    @Test
    void aGatewayThatIsSwitchedOffNeedsNothing() {
        assertThatCode(() -> StartCheck.check(config(Map.of("quarkus.llm-gateway.active", "false")), LaunchMode.NORMAL))
                .doesNotThrowAnyException();
    }
}
