package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** What an application says of its frames holds for the gateway, too. */
class WebSocketFramesOfApplicationTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> application.addClass(WebSocketClient.class))
            .overrideRuntimeConfigKey("quarkus.llm.base-url", "http://localhost:1/v1")
            .overrideRuntimeConfigKey("quarkus.llm.model", "any")
            .overrideRuntimeConfigKey("quarkus.http.websocket-server.max-frame-size", "1000");

    @Test
    void aLongerFrameClosesTheConnection() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (WebSocketClient client = new WebSocketClient(port)) {
            assertThat(client.ask("x".repeat(1_000)).awaitClose()).isEqualTo(1009);
        }
    }
}
