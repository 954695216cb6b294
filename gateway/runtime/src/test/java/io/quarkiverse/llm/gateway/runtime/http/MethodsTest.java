package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.scripted.Answer;

class MethodsTest extends GatewayFixture {

    private RawClient ask(String method, String path) {
        return raw().send(method + " " + path + " HTTP/1.1\r\nhost: gateway\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({ "GET,/v1/responses,POST", "HEAD,/v1/chat/completions,POST", "DELETE,/v1/responses/input_tokens,POST",
            "POST,/v1/models,GET", "PUT,/v1/models/scripted,GET" })
    void otherMethodsAreNotAllowed(String method, String path, String allowed) {
        try (RawClient client = ask(method, path)) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(405);
            assertThat(head.headers()).containsEntry("allow", allowed);
            if (!method.equals("HEAD")) {
                assertThat(client.document(head).getJsonObject("error").getString("message")).contains(method, path, allowed);
            }
        }
    }

    @Test
    void aWebSocketThatIsNotWantedIsRefusedSoThatCodexGoesOnOverHttp() {
        set("quarkus.llm-gateway.websocket.enabled", "false");
        try (RawClient client = raw()) {
            client.send("GET /v1/responses HTTP/1.1\r\nhost: gateway\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
                    + "sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(426);
            assertThat(client.document(head).getJsonObject("error").getString("code")).isEqualTo("websocket_not_supported");
        }
    }

    @Test
    void whatSpeaksOtherVersionsOfTheProtocolIsToldWhichIsSpoken() {
        try (RawClient client = raw()) {
            client.send("GET /v1/responses HTTP/1.1\r\nhost: gateway\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
                    + "sec-websocket-version: 99\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(426);
            assertThat(head.headers()).containsEntry("sec-websocket-version", "13");
        }
    }

    @Test
    void aGatewayThatIsItsOwnProviderMakesNoWebSocketToItself() {
        try (RawClient client = raw()) {
            llm.enqueue(Answer.text("Hello"));
            client.ask(Requests.response("Hello"));
            assertThat(client.head().status()).isEqualTo(200);
            String via = llm.requests().get(0).header("via");
            try (RawClient itself = raw()) {
                itself.send("GET /v1/responses HTTP/1.1\r\nhost: gateway\r\nvia: " + via + "\r\nconnection: upgrade\r\n"
                        + "upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key:"
                        + " AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
                assertThat(itself.head().status()).isEqualTo(508);
            }
        }
    }

    @Test
    void whatIsAllowedCanBeAsked() {
        try (RawClient client = ask("OPTIONS", "/v1/responses")) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(204);
            assertThat(head.headers()).containsEntry("allow", "POST");
        }
    }

    @Test
    void whatCanBeReadHasAHead() {
        try (RawClient client = ask("HEAD", "/v1/models")) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsEntry("content-type", "application/json");
            client.send("GET /v1/models HTTP/1.1\r\nhost: gateway\r\n\r\n");
            RawClient.Head next = client.head();
            assertThat(client.document(next).getString("object")).isEqualTo("list");
        }
    }

    @ParameterizedTest
    @CsvSource({ "POST,/v1/responses", "POST,/v1/chat/completions", "GET,/v1/models", "OPTIONS,/v1/models" })
    void aGatewayThatIsSwitchedOffAnswersNothing(String method, String path) {
        set("quarkus.llm-gateway.active", "false");
        try (RawClient client = ask(method, path)) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(503);
            assertThat(client.document(head).getJsonObject("error").getString("message"))
                    .contains("quarkus.llm-gateway.active");
        }
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void whatWasNotReadOfARefusedRequestDoesNotHinderTheNext() {
        llm.enqueue(Answer.text("Hello"));
        try (RawClient client = raw().send("PUT /v1/responses HTTP/1.1\r\nhost: gateway\r\ncontent-length: 10\r\n\r\n01234")) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(405);
            client.document(head);
            client.send("56789").ask(Requests.response("Hello"));
            assertThat(client.head().status()).isEqualTo(200);
        }
    }
}
