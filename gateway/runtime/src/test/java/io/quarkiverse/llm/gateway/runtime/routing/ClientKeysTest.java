package io.quarkiverse.llm.gateway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.LlmClient;
import io.quarkus.runtime.configuration.ConfigurationException;

class ClientKeysTest {

    private final TestProviders test = new TestProviders().provider(LlmClient.DEFAULT).provider("cloud").provider("local");

    @AfterEach
    void close() {
        test.close();
    }

    private Target target(String name) {
        return new ModelProviders(test.registry()).target(name, Optional.empty());
    }

    @Test
    void theyAreForTheProvidersThatAreNamedAndForNoOther() {
        ClientKeys keys = ClientKeys.of(test.registry(), Set.of("default", "cloud"));
        assertThat(keys.isFor(target(LlmClient.DEFAULT))).isTrue();
        assertThat(keys.isFor(target("cloud"))).isTrue();
        assertThat(keys.isFor(target("local"))).isFalse();
    }

    @Test
    void withoutNamesTheyAreForNobody() {
        assertThat(ClientKeys.of(test.registry(), Set.of()).isFor(target("cloud"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "clodu | quarkus.llm-gateway.client-keys-to has 'clodu', but there is no such provider; did you mean 'cloud'?",
            "xyz | quarkus.llm-gateway.client-keys-to has 'xyz', but there is no such provider; there are: cloud, default, local" })
    void aProviderThatThereIsNotStopsTheStart(String name, String message) {
        assertThatThrownBy(() -> ClientKeys.of(test.registry(), Set.of("cloud", name)))
                .isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
