package io.quarkiverse.llm.gateway.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;

/** What is made in the background when the application stops, and does not end. */
class BackgroundShutdownTest {

    private static final String STOPPED = "io.quarkiverse.llm.test.background-stopped";

    /** Registered first, so that it looks when the application is gone. */
    @Order(1)
    @RegisterExtension
    static final AfterAllCallback ITS_STREAM_WAS_STOPPED = context -> assertThat(System.clearProperty(STOPPED))
            .isEqualTo("true");

    @Order(2)
    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Endless.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.shutdown.timeout", "500ms")
            .overrideRuntimeConfigKey("quarkus.llm-gateway.authentication", "none");

    @Singleton
    @LlmClient("endless")
    public static class Endless implements LlmProvider {

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Multi<LlmEvent> stream(LlmRequest request) {
            return Multi.createBy().concatenating().streams(
                    Multi.createFrom().item(new LlmEvent.ResponseStarted("1", "m", Instant.now())),
                    Multi.createFrom().<LlmEvent> nothing().onCancellation().invoke(() -> System.setProperty(STOPPED, "true")));
        }
    }

    @Test
    void whatIsMadeInTheBackgroundEndsWithTheApplication() {
        String id = given().contentType("application/json")
                .body("{\"model\":\"endless/m\",\"input\":\"Hi\",\"background\":true}")
                .post("/v1/responses").then().statusCode(200).extract().path("id");
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> given().get("/v1/responses/" + id).then()
                .statusCode(200).extract().path("status").equals("in_progress"));
    }
}
