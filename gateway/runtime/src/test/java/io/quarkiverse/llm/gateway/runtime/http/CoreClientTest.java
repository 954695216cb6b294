package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.gateway.runtime.http.AnyAnswer.Case;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.smallrye.mutiny.subscription.Cancellable;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The extension as a client of its own gateway, over a WebSocket. */
class CoreClientTest {

    private static ScriptedServer llm;
    private static GatewayServer server;
    private static DirectProvider client;
    private static DirectProvider direct;

    @BeforeContainer
    static void start() {
        llm = ScriptedServer.start();
        server = GatewayServer.start(llm, Map.of());
        client = DirectProvider.overWebSocket(server.root() + "/v1");
        direct = new DirectProvider(llm, Api.CHAT_COMPLETIONS);
    }

    @AfterContainer
    static void stop() {
        client.close();
        direct.close();
        server.close();
        llm.close();
    }

    @Provide
    Arbitrary<Case> answers() {
        return AnyAnswer.of(Api.CHAT_COMPLETIONS);
    }

    @Property(tries = 100, seed = "42")
    void itGetsWhatTheProviderSays(@ForAll("answers") Case answer) {
        llm.respond(request -> answer.answer());
        Turn undisturbed = Turn.of(direct.stream()).withoutCallIds();
        llm.respond(request -> answer.told());
        assertThat(Turn.of(client.stream()).withoutCallIds()).isEqualTo(undisturbed);
    }

    @Example
    void aConversationGoesOnOverItsConnectionAndTheProviderHearsAll() {
        llm.respond(request -> Answer.text("answer " + request.json().getJsonArray("messages").size()));
        int others = server.webSockets().count();
        LlmRequest request = LlmRequest.of("first");
        try (DirectProvider own = DirectProvider.overWebSocket(server.root() + "/v1")) {
            for (int turn = 0; turn < 3; turn++) {
                LlmResponse response = own.stream(request);
                request = request.toBuilder().items(response.output()).user("next").build();
            }
            assertThat(server.webSockets().count()).isEqualTo(others + 1);
        }
        RecordedRequest last = llm.requests().get(llm.requests().size() - 1);
        assertThat(last.json().getJsonArray("messages").encode()).contains("first", "answer 1", "answer 3");
    }

    @Example
    void whenItLeavesTheProviderHearsOfIt() {
        llm.respond(request -> Answer.text("Hello").with(Fault.stallAfterEvents(2)));
        int before = llm.requests().size();
        Cancellable running = client.provider().stream(LlmRequest.of("Hi")).subscribe().with(event -> {
            // it is left in the middle
        });
        GatewayFixture.await().until(() -> llm.requests().size() > before);
        RecordedRequest request = llm.requests().get(before);
        running.cancel();
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }
}
