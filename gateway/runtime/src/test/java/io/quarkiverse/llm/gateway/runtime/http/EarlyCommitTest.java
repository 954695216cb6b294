package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonObject;

/** Of an answer that begins before anything is known of it. */
class EarlyCommitTest extends GatewayFixture {

    private static final String CHAT = "/v1/chat/completions";

    private final CompletableFuture<Void> thought = new CompletableFuture<>();

    @BeforeEach
    void impatient() {
        set("quarkus.llm-gateway.commit-after", "50ms");
        set("quarkus.llm-gateway.keep-alive", "100ms");
    }

    private static CheckedStream stream(List<String> chunks) {
        return CheckedStream.of(RawClient.utf8(String.join("", chunks)));
    }

    @Test
    void aProviderThatThinksIsAnnouncedOnceAndKeptAliveWithEvents() {
        llm.enqueue(Answer.empty().pauseUntil(thought).thenText("Hel", "lo").id("resp_upstream"));
        try (RawClient client = raw().ask(Requests.response("Hello").put("model", "native/scripted"))) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsEntry("content-type", "text/event-stream; charset=utf-8")
                    .containsEntry("cache-control", "no-cache").containsEntry("x-accel-buffering", "no");
            String first = client.chunk();
            assertThat(CheckedStream.of(RawClient.utf8(first)).types()).containsExactly("response.created",
                    "response.in_progress");
            assertThat(CheckedStream.of(RawClient.utf8(client.chunk())).types()).containsExactly("response.in_progress");
            thought.complete(null);

            CheckedStream rest = stream(client.chunks());

            assertThat(rest.types()).doesNotContain("response.created");
            assertThat(rest.text()).isEqualTo("Hello");
            JsonObject announced = new JsonObject(first.substring(first.indexOf("data: ") + 6, first.indexOf("\n\n")))
                    .getJsonObject("response");
            assertThat(rest.response().getString("id")).startsWith("resp_").isEqualTo(announced.getString("id"));
            assertThat(rest.response().getInteger("created_at")).isEqualTo(announced.getInteger("created_at"));
            assertThat(rest.response().getString("model")).isEqualTo(announced.getString("model"))
                    .isEqualTo("native/scripted");
        }
    }

    private List<String> modelsOf(RawClient asking) {
        llm.enqueue(Answer.empty().pauseUntil(thought).thenText("Hel", "lo"));
        try (RawClient client = asking) {
            client.head();
            String first = client.chunk();
            thought.complete(null);
            return CheckedStream.of(RawClient.utf8(first + String.join("", client.chunks()))).events().stream()
                    .map(event -> event.getJsonObject("response", event).getString("model")).filter(Objects::nonNull)
                    .distinct().toList();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " " })
    void anAnswerToNoModelInParticularIsOfTheModelThatTheProviderIsAskedFor(String none) {
        set("quarkus.llm.model", "configured");

        assertThat(modelsOf(raw().ask(Requests.response("Hello").put("model", none)))).containsExactly("configured");
        assertThat(llm.takeRequest().json().getString("model")).isEqualTo("configured");
    }

    @Test
    void anAnswerOverChatCompletionsToNoModelInParticularIsSoToo() {
        set("quarkus.llm.model", "configured");

        JsonObject request = Requests.chat("Hello");
        request.remove("model");
        assertThat(modelsOf(raw().post(CHAT, request))).containsExactly("configured");
    }

    @Test
    void aSilenceInTheMiddleIsFilledWithEmptyDeltasSinceCodexHearsNoComments() {
        llm.enqueue(Answer.text("Hel").pauseUntil(thought).thenText("lo"));
        try (RawClient client = raw().ask(Requests.response("Hello"))) {
            client.head();
            client.chunkWith("Hel");
            assertThat(client.chunk()).startsWith("event: response.output_text.delta\n").contains("\"delta\":\"\"");
            assertThat(client.chunk()).startsWith("event: response.output_text.delta\n").contains("\"delta\":\"\"");
            thought.complete(null);
            assertThat(stream(client.chunks()).types()).endsWith("response.completed");
        }
    }

    @Test
    void chatCompletionsHasCommentsAlone() {
        llm.enqueue(Answer.empty().pauseUntil(thought).thenText("Hel", "lo"));
        try (RawClient client = raw().post(CHAT, Requests.chat("Hello"))) {
            assertThat(client.head().status()).isEqualTo(200);
            String first = client.chunk();
            assertThat(first).contains("\"role\":\"assistant\"");
            assertThat(client.chunk()).isEqualTo(": keep-alive\n\n");
            thought.complete(null);
            List<String> rest = client.chunks();
            assertThat(String.join("", rest)).doesNotContain("\"role\"").endsWith("data: [DONE]\n\n");
            String whole = first + String.join("", rest);
            CheckedStream stream = CheckedStream.of(RawClient.utf8(whole));
            assertThat(stream.text()).isEqualTo("Hello");
            assertThat(stream.events().stream().map(event -> event.getString("id")).collect(Collectors.toSet()))
                    .singleElement(InstanceOfAssertFactories.STRING).startsWith("chatcmpl-");
        }
    }

    @Test
    void aFailureAfterItComesAsEvents() {
        llm.enqueue(Answer.empty().pauseUntil(thought).thenErrorFrame(new JsonObject().put("error",
                new JsonObject().put("message", "slow down").put("type", "rate_limit_error").put("code", 429))));
        try (RawClient client = raw().ask(Requests.response("Hello"))) {
            assertThat(client.head().status()).isEqualTo(200);
            client.chunkWith("response.created");
            thought.complete(null);
            List<String> rest = client.chunks();
            CheckedStream stream = stream(rest);
            assertThat(stream.types()).endsWith("error", "response.failed");
            assertThat(stream.response().getJsonObject("error").getString("code")).isEqualTo("rate_limit_exceeded");
            assertThat(String.join("", rest)).endsWith("data: [DONE]\n\n");
        }
        assertThat(log.request()).contains("status=200 outcome=rate_limit_exceeded");
    }

    @Test
    void aConnectionThatIsCutAfterItIsAFailureOverChatCompletionsToo() {
        // the first event says that it is the assistant's
        llm.enqueue(Answer.empty().pauseUntil(thought).thenText("Hel", "lo").with(Fault.dropAfterEvents(2)));
        try (RawClient client = raw().post(CHAT, Requests.chat("Hello"))) {
            assertThat(client.head().status()).isEqualTo(200);
            client.chunk();
            thought.complete(null);
            String rest = String.join("", client.chunks());
            assertThat(CheckedStream.of(RawClient.utf8(rest)).last().getJsonObject("error").getString("code"))
                    .isEqualTo("server_error");
            assertThat(rest).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void whatComesInTimeIsNotAnnouncedAlone() {
        set("quarkus.llm-gateway.commit-after", "20s");
        llm.enqueue(Answer.text("Hello"));
        try (RawClient client = raw().ask(Requests.response("Hello"))) {
            client.head();
            assertThat(client.chunk()).contains("response.created", "Hello");
        }
    }
}
