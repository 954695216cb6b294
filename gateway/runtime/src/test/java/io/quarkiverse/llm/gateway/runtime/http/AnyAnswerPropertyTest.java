package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import io.quarkiverse.llm.gateway.runtime.http.AnyAnswer.Case;
import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However a server tells its answer, a client of the gateway gets what the answer is about, in legal form. */
class AnyAnswerPropertyTest {

    private static ScriptedServer llm;
    private static GatewayServer server;
    private static GatewayClient gateway;
    private static Map<Api, DirectProvider> direct;

    @BeforeContainer
    static void start() {
        llm = ScriptedServer.start();
        server = GatewayServer.start(llm, Map.of());
        gateway = server.client();
        direct = Map.of(Api.RESPONSES, new DirectProvider(llm, Api.RESPONSES),
                Api.CHAT_COMPLETIONS, new DirectProvider(llm, Api.CHAT_COMPLETIONS));
    }

    @AfterContainer
    static void stop() {
        server.close();
        direct.values().forEach(DirectProvider::close);
        llm.close();
    }

    @Provide
    Arbitrary<Case> ofChat() {
        return AnyAnswer.of(Api.CHAT_COMPLETIONS);
    }

    @Provide
    Arbitrary<Case> ofResponses() {
        return AnyAnswer.of(Api.RESPONSES);
    }

    @Property(tries = 100, seed = "42")
    void fromChatToResponses(@ForAll("ofChat") Case answer) {
        responses("scripted", answer, Api.CHAT_COMPLETIONS);
    }

    @Property(tries = 100, seed = "42")
    void fromResponsesToResponses(@ForAll("ofResponses") Case answer) {
        responses("native/scripted", answer, Api.RESPONSES);
    }

    @Property(tries = 100, seed = "42")
    void fromChatToChat(@ForAll("ofChat") Case answer) {
        chat("scripted", answer, Api.CHAT_COMPLETIONS);
    }

    @Property(tries = 100, seed = "42")
    void fromResponsesToChat(@ForAll("ofResponses") Case answer) {
        chat("native/scripted", answer, Api.RESPONSES);
    }

    private static void responses(String model, Case answer, Api api) {
        Turn undisturbed = undisturbed(answer.answer(), api);
        llm.respond(request -> answer.told());

        Answered answered = gateway.responses(Requests.response("Hi").put("model", model));

        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        assertThat(Turn.ofResponse(answered.stream().response()).withoutCallIds()).isEqualTo(undisturbed);
    }

    private static void chat(String model, Case answer, Api api) {
        Turn undisturbed = undisturbed(answer.answer(), api).inChat();
        llm.respond(request -> answer.told());

        Answered answered = gateway.chat(Requests.chat("Hi").put("model", model)
                .put("stream_options", new JsonObject().put("include_usage", true)));

        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        assertThat(Turn.ofChunks(answered.stream().events()).withoutCallIds()).isEqualTo(undisturbed);
    }

    private static Turn undisturbed(Answer answer, Api api) {
        llm.respond(request -> answer);
        return Turn.of(direct.get(api).stream()).withoutCallIds();
    }
}
