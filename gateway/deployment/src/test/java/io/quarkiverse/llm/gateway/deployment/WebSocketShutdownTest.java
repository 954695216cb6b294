package io.quarkiverse.llm.gateway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.QuarkusProdModeTest;
import io.restassured.RestAssured;

/** An application that stops lets answers end over WebSockets, too. */
class WebSocketShutdownTest {

    private static final ScriptedServer LLM = ScriptedServer.start();

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest().withEmptyApplication()
            .overrideConfigKey("quarkus.llm.model", "any")
            .overrideConfigKey("quarkus.llm-gateway.authentication", "none")
            .overrideConfigKey("quarkus.shutdown.timeout", "20s")
            .setRuntimeProperties(Map.of("quarkus.llm.base-url", LLM.baseUrl()))
            .setRun(true);

    @AfterAll
    static void stop() {
        LLM.close();
    }

    @Test
    void whatIsUnderWayEndsAndThenTheConnection() throws InterruptedException {
        CompletableFuture<Void> released = new CompletableFuture<>();
        LLM.enqueue(Answer.text("Hello").pauseUntil(released).thenText("!"));
        try (WebSocketClient client = new WebSocketClient(RestAssured.port);
                WebSocketClient idle = new WebSocketClient(RestAssured.port)) {
            client.ask("Hi").await("response.output_text.delta");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(APPLICATION::stop);

            assertThat(idle.awaitClose()).isEqualTo(1001);
            released.complete(null);

            client.await("response.completed");
            assertThat(client.awaitClose()).isEqualTo(1001);
            stopped.join();
        }
    }
}
