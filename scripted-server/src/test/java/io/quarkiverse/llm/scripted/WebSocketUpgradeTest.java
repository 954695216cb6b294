package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.scripted.SocketClient.Connection;
import io.vertx.core.Future;
import io.vertx.core.http.UpgradeRejectedException;

/** Who wants a WebSocket, and whether he gets one. */
class WebSocketUpgradeTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final SocketClient client = new SocketClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private UpgradeRejectedException refusal(String path) {
        Future<Connection> opening = client.opening(path);
        assertThatThrownBy(() -> SocketClient.await(opening)).isInstanceOf(UpgradeRejectedException.class);
        return (UpgradeRejectedException) opening.cause();
    }

    @Test
    void theResponsesPathTakesWebSockets() {
        client.connect("/openai/v1/responses?api-version=1");

        RecordedRequest upgrade = server.upgrades().get(0);
        assertThat(upgrade.method()).isEqualTo("GET");
        assertThat(upgrade.path()).isEqualTo("/openai/v1/responses");
        assertThat(upgrade.header("authorization")).isEqualTo("Bearer key");
        assertThat(upgrade.awaitOutcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(server.webSockets().get(0).upgrade()).isSameAs(upgrade);
        assertThat(server.requests()).as("an upgrade is none of them").isEmpty();
    }

    @Test
    void anyOtherPathAnswersInHttp() {
        server.enqueue(Answer.error(404, "Nothing here"));

        assertThat(refusal("/v1/chat/completions").getStatus()).isEqualTo(404);
        assertThat(server.upgrades()).isEmpty();
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 404, 405, 426, 500, 503 })
    void anUpgradeIsRefusedWithAStatusAndTakesNothingFromTheScript(int status) throws IOException {
        server.webSocket(WebSocketMode.refused(status)).enqueue(Answer.text("over HTTP"));

        UpgradeRejectedException refused = refusal("/v1/responses");

        assertThat(refused.getStatus()).isEqualTo(status);
        assertThat(refused.getBody().toJsonObject().getJsonObject("error").getString("message")).contains("" + status);
        assertThat(new Client(server).responses(Client.STREAM).body()).contains("over HTTP");
        assertThat(server.upgrades()).singleElement().extracting(RecordedRequest::awaitOutcome).isEqualTo(Outcome.COMPLETED);
        assertThat(server.requests()).singleElement().extracting(RecordedRequest::number).isEqualTo(1);
        assertThat(server.webSockets()).isEmpty();
    }

    @Test
    void anyAnswerRefuses() {
        server.webSocket(WebSocketMode.refused(Answer.error(401, "Who are you?").header("www-authenticate", "Bearer")));

        UpgradeRejectedException refused = refusal("/v1/responses");

        assertThat(refused.getHeaders().get("www-authenticate")).isEqualTo("Bearer");
        assertThat(refused.getBody().toString()).contains("Who are you?");
    }

    @Test
    void aServerOfTheOtherApiAloneRefusesAsItRefusesRequests() {
        server.only(Api.CHAT_COMPLETIONS, NoSuchApi.PAGE_NOT_FOUND.answer());

        assertThat(refusal("/v1/responses").getBody().toString()).isEqualTo("404 page not found\n");
        assertThat(server.upgrades()).hasSize(1);
    }

    @Test
    void anUpgradeMayNeverBeAnswered() {
        server.webSocket(WebSocketMode.refused(Answer.empty().with(Fault.stallBeforeHead())));

        Future<Connection> opening = client.opening("/v1/responses");

        await().until(() -> server.upgrades().size() == 1);
        assertThat(opening.isComplete()).isFalse();
        client.close();
        assertThat(server.upgrades().get(0).awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop-before-head", "reset-before-head" })
    void theConnectionMayCloseInPlaceOfAnAnswer(String fault) {
        server.webSocket(WebSocketMode.refused(Answer.empty().with(Fault.named(fault))));

        Future<Connection> opening = client.opening("/v1/responses");

        assertThatThrownBy(() -> SocketClient.await(opening)).isNotInstanceOf(UpgradeRejectedException.class);
        assertThat(server.upgrades().get(0).awaitOutcome()).isEqualTo(Outcome.BROKEN_OFF);
    }

    @Test
    void aServerMayLearnAndForgetIt() {
        server.webSocket(WebSocketMode.refused(405));
        refusal("/v1/responses");
        server.webSocket(WebSocketMode.accepted());
        client.connect();
        server.webSocket(WebSocketMode.refused(426));

        assertThat(refusal("/v1/responses").getStatus()).isEqualTo(426);
        assertThat(server.upgrades()).hasSize(3).extracting(RecordedRequest::number).containsExactly(1, 2, 3);
    }

    @Test
    void aSimulatedModelHasNoneUnlessATestSaysSo() {
        try (ScriptedServer simulated = ScriptedServer.start(new SimulatedModel());
                SocketClient itsClient = new SocketClient(simulated)) {
            Future<Connection> opening = itsClient.opening("/v1/responses");
            assertThatThrownBy(() -> SocketClient.await(opening)).isInstanceOf(UpgradeRejectedException.class)
                    .hasMessageContaining("404");

            simulated.webSocket(WebSocketMode.accepted()).enqueue(Answer.text("a"));
            assertThat(itsClient.connect().answer(SocketClient.CREATE)).hasSize(9);
        }
    }

    @Test
    void aResetTakesThemAgain() {
        server.webSocket(WebSocketMode.refused(405)).reset();

        client.connect();
    }
}
