package io.quarkiverse.llm.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonObject;

/** The gateway as somebody gets it who starts the jar. */
class GatewayProgramIT {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void twoVariablesAreEnoughToStartAndToGetAnAnswer() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(request -> Answer.text("Hello ", "there")).models("small", "large");
                GatewayProgram gateway = GatewayProgram.before(server.baseUrl())) {
            String baseUrl = gateway.baseUrl();
            HttpResponse<String> answer = http.send(post(baseUrl + "/responses", """
                    {"model": "small", "input": "Hi"}"""), BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
            JsonObject message = new JsonObject(answer.body()).getJsonArray("output").getJsonObject(0);
            assertThat(message.getJsonArray("content").getJsonObject(0).getString("text")).isEqualTo("Hello there");
        }
    }

    @Test
    void theLogTellsOnceWhereItIsWhatItHasAndWhatAgentsNeed() {
        try (ScriptedServer server = ScriptedServer.start().models("small", "large");
                GatewayProgram gateway = GatewayProgram.before(server.baseUrl())) {
            String baseUrl = gateway.baseUrl();
            gateway.awaitLog("\"models\": {");

            assertThat(gateway.log()).containsOnlyOnce("The gateway is at " + baseUrl).contains("Models: large, small")
                    .contains("base_url = \"" + baseUrl + "\"").contains("\"baseURL\": \"" + baseUrl + "\"")
                    .doesNotContain("WARN", "ERROR", "never-used");
        }
    }

    @Test
    void aServerThatIsDownDelaysNothingAndIsNamedWithTheReason() throws Exception {
        try (GatewayProgram gateway = GatewayProgram.before("http://127.0.0.1:" + unusedPort() + "/v1")) {
            gateway.baseUrl();

            assertThat(gateway.log()).contains("Provider 'default' does not list its models").contains("Connection refused")
                    .contains("model = \"MODEL\"");
        }
    }

    @Test
    void withoutAWordOnAuthenticationItEndsAndSaysWhatToSet() {
        try (GatewayProgram gateway = GatewayProgram.start(Map.of("QUARKUS_LLM_BASE_URL", "http://127.0.0.1:1/v1"))) {
            assertThat(gateway.awaitExit()).isEqualTo(1);
            assertThat(gateway.log()).contains("quarkus.llm-gateway.authentication is not set")
                    .contains("Set quarkus.llm-gateway.keys.\"NAME\".value")
                    .contains("quarkus.llm-gateway.authentication=none");
        }
    }

    @Test
    void oneVariableMakesAKeyWithoutWhichNobodyIsAnswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(request -> Answer.text("Hello")).models("small");
                GatewayProgram gateway = GatewayProgram.start(Map.of("QUARKUS_LLM_BASE_URL", server.baseUrl(),
                        "QUARKUS_LLM_GATEWAY_KEYS_ALICE_VALUE", "secret-of-alice",
                        "QUARKUS_LLM_GATEWAY_LIMITS_REQUESTS_PER_MINUTE", "1"))) {
            HttpRequest.Builder models = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/models"));
            assertThat(http.send(models.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
            HttpResponse<String> answer = http.send(
                    models.header("authorization", "Bearer secret-of-alice").build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
            gateway.awaitLog("\"models\": {");
            assertThat(gateway.log()).contains("env_key = ", " key=alice ").doesNotContain("secret-of-alice");
        }
    }

    @Test
    void aStreamUnderWayIsFinishedBeforeTheGatewayEnds() throws Exception {
        CompletableFuture<Void> released = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer
                .start(request -> Answer.text("before").pauseUntil(released).thenText("after"));
                GatewayProgram gateway = GatewayProgram.before(server.baseUrl())) {
            String baseUrl = gateway.baseUrl();
            HttpResponse<InputStream> answer = http.send(post(baseUrl + "/chat/completions", """
                    {"model": "m", "stream": true, "messages": [{"role": "user", "content": "Hi"}]}"""),
                    BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            assertThat(Stream.generate(() -> line(lines)).takeWhile(Objects::nonNull).anyMatch(line -> line.contains("before")))
                    .isTrue();

            gateway.terminate();
            await().atMost(Duration.ofSeconds(30)).until(() -> isGoing(baseUrl));
            released.complete(null);

            assertThat(lines.lines()).anyMatch(line -> line.contains("after")).endsWith("data: [DONE]", "");
            assertThat(gateway.awaitExit()).as(gateway::log).isEqualTo(143);
        }
    }

    private static String line(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has begun to end: it still answers, but says that it closes the connection. */
    private boolean isGoing(String baseUrl) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + "/models")).build();
        return http.send(request, BodyHandlers.discarding()).headers().firstValue("connection").filter("close"::equals)
                .isPresent();
    }

    private static HttpRequest post(String uri, String body) {
        return HttpRequest.newBuilder(URI.create(uri)).header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body)).build();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
