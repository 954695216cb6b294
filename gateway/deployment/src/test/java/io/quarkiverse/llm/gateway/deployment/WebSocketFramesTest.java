package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusUnitTest;

/** A conversation is longer than the frames that servers take by themselves. */
class WebSocketFramesTest {

    private static final ScriptedServer LLM = ScriptedServer.start();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .overrideRuntimeConfigKey("quarkus.llm.base-url", LLM.baseUrl())
            .overrideRuntimeConfigKey("quarkus.llm.model", "any")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.max-body-size", "2M");

    @AfterAll
    static void stop() {
        LLM.close();
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    @Test
    void aFrameMayBeAsLongAsABody() throws InterruptedException {
        LLM.enqueue(Answer.text("Hello"));
        try (WebSocketClient client = new WebSocketClient(port())) {
            client.ask("x".repeat(2_000_000)).await("response.completed");
        }
    }

    @Test
    void aLongerOneClosesTheConnection() {
        try (WebSocketClient client = new WebSocketClient(port())) {
            assertThat(client.ask("x".repeat(2_200_000)).awaitClose()).isEqualTo(1009);
        }
    }
}
