package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** A conversation is longer than the frames that servers take by themselves. */
class WebSocketFramesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> application.addClass(WebSocketClient.class))
            .overrideRuntimeConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideRuntimeConfigKey("quarkus.llm.model", "any")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.max-body-size", "2M");

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    @Test
    void aFrameMayBeAsLongAsABody() throws InterruptedException {
        try (WebSocketClient client = new WebSocketClient(port())) {
            // it was read, and its provider asked, which is not there
            assertThat(client.ask("x".repeat(2_000_000)).await("error").getInteger("status")).isEqualTo(502);
        }
    }

    @Test
    void aLongerOneClosesTheConnection() {
        try (WebSocketClient client = new WebSocketClient(port())) {
            assertThat(client.ask("x".repeat(2_200_000)).awaitClose()).isEqualTo(1009);
        }
    }
}
