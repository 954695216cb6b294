package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes.Place;
import io.quarkus.runtime.configuration.ConfigurationException;

class GatewayPathTest {

    @ParameterizedTest
    @CsvSource({ "/v1,v1/responses", "v1,v1/responses", "/v1/,v1/responses", "//api/v1//,api/v1/responses", "/,responses",
            "'',responses", "/my-api_2.0~x,my-api_2.0~x/responses" })
    void itsEndsMayHaveSlashesOrNot(String configured, String route) {
        assertThat(new GatewayPath(configured).of(Place.RESPONSES)).isEqualTo(route);
    }

    @Test
    void everyPlaceIsBelowIt() {
        assertThat(Place.values()).extracting(new GatewayPath("/v1")::of).containsExactly("v1/responses",
                "v1/responses/input_tokens", "v1/responses/compact", "v1/responses/:id", "v1/responses/:id/cancel",
                "v1/responses/:id/input_items", "v1/conversations", "v1/conversations/:conversation_id",
                "v1/conversations/:conversation_id/items", "v1/conversations/:conversation_id/items/:item_id",
                "v1/chat/completions", "v1/models", "v1/models/*", "v1/usage");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/v1/*", "/v1/:name", "/v1?x=1", "http://host/v1", "/v 1", "/v1\n", "/v%31", "/../v1", "/v1//x" })
    void whatIsNoPathIsRefusedWithASentence(String configured) {
        assertThatThrownBy(() -> new GatewayPath(configured)).isInstanceOf(ConfigurationException.class)
                .hasMessage("quarkus.llm-gateway.path=" + configured
                        + " is no path: use letters, digits, slashes and - . _ ~, such as /v1");
    }
}
