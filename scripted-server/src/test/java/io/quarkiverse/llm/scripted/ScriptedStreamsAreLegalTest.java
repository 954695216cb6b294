package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.scripted.grammar.ResponsesRule;
import io.quarkiverse.llm.scripted.grammar.SseRule;
import io.quarkiverse.llm.scripted.grammar.SseStreamGrammar;
import io.quarkiverse.llm.scripted.grammar.Violation;
import io.vertx.core.json.JsonObject;

/** What the server sends of itself, byte by byte, is what official servers send. */
class ScriptedStreamsAreLegalTest {

    private static final String WITHOUT_USAGE = "{\"model\":\"m\",\"stream\":true}";
    private static final JsonObject BROKEN = new JsonObject("""
            {"error": {"message": "It broke", "type": "server_error", "param": null, "code": null}}""");

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Answer> answers() {
        return ResponsesAnswerTest.answers();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aStreamOfChatCompletions(Answer answer) throws Exception {
        server.enqueue(answer);
        server.enqueue(answer);

        assertThat(SseStreamGrammar.chatCompletions(client.streamBytes().body(), true)).isEmpty();
        assertThat(SseStreamGrammar.chatCompletions(
                client.post("/chat/completions", WITHOUT_USAGE, BodyHandlers.ofByteArray()).body(), false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aStreamOfResponsesEndsWithoutDoneUnlessThatIsScripted(Answer answer) throws Exception {
        server.enqueue(answer);
        server.enqueue(answer.with(Framing.DONE));

        assertThat(responses()).extracting(Violation::rule).containsExactly(SseRule.DONE);
        assertThat(responses()).isEmpty();
    }

    @Test
    void anErrorOfResponsesIsNestedAsOpenAiSendsIt() throws Exception {
        server.enqueue(Answer.text("a").thenErrorFrame(BROKEN).with(Framing.DONE));

        assertThat(responses()).extracting(Violation::rule).containsOnly(ResponsesRule.ERROR_IN_BOTH_FORMS);
    }

    private List<Violation> responses() throws Exception {
        return SseStreamGrammar.responses(client.post("/responses", Client.STREAM, BodyHandlers.ofByteArray()).body());
    }
}
