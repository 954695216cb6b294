package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonObject;

/** Of what a client may send. */
class RequestLimitsTest extends GatewayFixture {

    private static final String BEGIN = "POST /v1/responses HTTP/1.1\r\nhost: gateway\r\n";
    private static final String KEY = "quarkus.llm-gateway.max-body-size";

    @Test
    void bodiesShareAMeasureOfMemory() {
        set("quarkus.llm-gateway.max-bodies-size", "10K");
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.respond(request -> llm.requests().size() > 1 ? Answer.text("third")
                : Answer.text("first").pauseUntil(released).thenText("done"));
        String large = "x".repeat(6_000);
        try (RawClient first = raw().ask(Requests.response(large))) {
            first.head();
            Answered second = gateway().responses(Requests.response(large));
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.error().getString("code")).isEqualTo("overloaded");
            released.complete(null);
            first.chunks();
        }
        await().until(() -> gateway().responses(Requests.response(large)).status() == 200);
        assertThat(gateway().responses(Requests.response("x".repeat(20_000))).error().getString("message"))
                .contains("max-bodies-size");
    }

    @Test
    void aBodyThatSaysThatItIsTooLongIsNotRead() {
        set(KEY, "1000");
        try (RawClient client = raw().send(BEGIN + "content-length: 1001\r\n\r\n")) {
            assertTooLong(client);
            client.awaitClosed();
        }
    }

    @Test
    void aBodyInChunksIsReadAsFarAsItMayBe() {
        set(KEY, "1000");
        try (RawClient client = raw().send(BEGIN + "transfer-encoding: chunked\r\n\r\n")) {
            client.send(chunk(600)).send(chunk(600));
            assertTooLong(client);
            client.awaitClosed();
        }
    }

    @Test
    void aClientThatSendsOnGetsItsAnswerAndIsLeftThen() {
        set(KEY, "1000");
        try (RawClient client = raw().send(BEGIN + "content-length: 50000000\r\n\r\n")) {
            for (int i = 0; i < 100; i++) {
                client.send("x".repeat(10_000));
            }
            assertTooLong(client);
            client.awaitClosed();
        }
    }

    private void assertTooLong(RawClient client) {
        RawClient.Head head = client.head();
        assertThat(head.status()).isEqualTo(413);
        assertThat(head.headers()).containsEntry("connection", "close");
        JsonObject error = client.document(head).getJsonObject("error");
        assertThat(error.getString("message")).contains("1000 bytes", KEY);
        assertThat(error.getString("code")).isEqualTo("request_too_large");
        assertThat(log.request()).contains("status=413");
    }

    @Test
    void aBodyAsLongAsItMayBeIsTaken() {
        byte[] body = RawClient.utf8(Requests.response("Hello").encode());
        set(KEY, String.valueOf(body.length));
        llm.enqueue(Answer.text("Hello"));
        try (RawClient client = raw().post("/v1/responses", body)) {
            assertThat(client.head().status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatDoesNotArriveIsNotAwaitedForLong() {
        set("quarkus.llm-gateway.body-timeout", "100ms");
        try (RawClient client = raw().send(BEGIN + "content-length: 100\r\n\r\n{\"model\":")) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(408);
            assertThat(client.document(head).getJsonObject("error").getString("message"))
                    .contains("quarkus.llm-gateway.body-timeout");
            client.awaitClosed();
        }
        assertThat(log.request()).contains("status=408");
    }

    @Test
    void aClientThatAsksFirstMayGoOn() {
        llm.enqueue(Answer.text("Hello"));
        byte[] body = RawClient.utf8(Requests.response("Hello").encode());
        try (RawClient client = raw().send(BEGIN + "expect: 100-continue\r\ncontent-length: " + body.length + "\r\n\r\n")) {
            assertThat(client.head().status()).isEqualTo(100);
            client.send(body);
            assertThat(client.head().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatAsksFirstLearnsThatItIsTooMuch() {
        set(KEY, "1000");
        try (RawClient client = raw().send(BEGIN + "expect: 100-continue\r\ncontent-length: 1001\r\n\r\n")) {
            assertThat(client.head().status()).isEqualTo(413);
        }
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("no JSON", "model=scripted"),
                Arguments.of("no object", "[]"),
                Arguments.of("half of it", "{\"model\":\"scripted\",\"input\":\"Hel"),
                Arguments.of("more than it", "{\"model\":\"scripted\",\"input\":\"Hello\",\"messages\":[]}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void whatIsNoRequestIsABadOne(String what, String body) {
        for (String path : new String[] { "/v1/responses", "/v1/chat/completions" }) {
            try (RawClient client = raw().post(path, RawClient.utf8(body))) {
                assertBad(client);
            }
        }
    }

    @Test
    void textThatIsNoUtf8IsABadRequest() {
        byte[] body = "{\"model\":\"scripted\",\"input\":\"Grüße\"}".getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = raw().post("/v1/responses", body)) {
            assertBad(client);
        }
    }

    @Test
    void aByteOrderMarkIsNoMatter() {
        llm.enqueue(Answer.text("Hello"));
        byte[] body = RawClient.utf8('\uFEFF' + Requests.response("Hello").encode());
        try (RawClient client = raw().post("/v1/responses", body)) {
            assertThat(client.head().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "input", "tools", "metadata", "no_such_field" })
    void whatIsNestedTooDeepIsABadRequest(String field) {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        try (RawClient client = raw().post("/v1/responses",
                RawClient.utf8("{\"model\":\"scripted\",\"stream\":true,\"" + field + "\":" + deep + "}"))) {
            assertBad(client);
        }
        try (RawClient client = raw().post("/v1/chat/completions", RawClient.utf8(
                "{\"model\":\"scripted\",\"messages\":[],\"" + field.replace("input", "tool_choice") + "\":" + deep + "}"))) {
            assertBad(client);
        }
    }

    private static void assertBad(RawClient client) {
        RawClient.Head head = client.head();
        assertThat(head.status()).isEqualTo(400);
        JsonObject error = client.document(head).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        assertThat(error.getString("message")).isNotEmpty().hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = { "gzip", "br" })
    void encodedBodiesAreNotTaken(String encoding) {
        try (RawClient client = raw().send(BEGIN + "content-encoding: " + encoding + "\r\ncontent-length: 2\r\n\r\n{}")) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(415);
            assertThat(client.document(head).getJsonObject("error").getString("message")).contains(encoding);
        }
    }

    private static String chunk(int length) {
        return Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n";
    }
}
