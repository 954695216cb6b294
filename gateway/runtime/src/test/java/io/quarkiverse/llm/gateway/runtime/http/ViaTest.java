package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;

class ViaTest {

    @Test
    void gatewaysThatAnswerThroughEachOtherNoticeIt() {
        try (ScriptedServer llm = ScriptedServer.start();
                GatewayServer first = GatewayServer.start(llm, Map.of());
                GatewayServer second = GatewayServer.start(llm, Map.of("quarkus.llm.base-url", first.root() + "/v1"))) {
            llm.enqueue(Answer.text("Hello"));
            assertThat(second.client().responses(Requests.response("Hi")).stream().text()).isEqualTo("Hello");
            assertThat(llm.takeRequest().header("via")).matches("1.1 quarkus-llm_\\w+, 1.1 quarkus-llm_\\w+");
        }
    }

    @Test
    void aGatewayThatIsItsOwnProviderSaysSo() {
        try (ScriptedServer llm = ScriptedServer.start(); GatewayServer server = GatewayServer.start(llm, Map.of())) {
            llm.respond(request -> Answer.error(500, "asked by " + request.header("via")));
            String via = server.client().responses(Requests.response("Hi")).error().getString("message").replace("asked by ",
                    "");

            Answered answered = server.client().post("/v1/responses", Requests.response("Hi").encode(), Map.of("via", via));

            assertThat(answered.status()).isEqualTo(508);
            assertThat(answered.error().getString("message")).contains("base-url");
        }
    }
}
