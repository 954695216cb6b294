package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.vertx.core.json.JsonObject;

class InputTokensTest {

    private static final String ANY = "{\"input\":\"Why is the sky blue?\"}";

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static HttpResponse<String> asked(Client client, String body) throws Exception {
        return client.post("/responses/input_tokens", body, BodyHandlers.ofString());
    }

    private int counted(String body) throws Exception {
        return Json.object(asked(client, body).body()).getInteger("input_tokens");
    }

    @Test
    void aCountHasOpenAisShape() throws Exception {
        assertThat(Json.object(asked(client, ANY).body()))
                .isEqualTo(new JsonObject().put("object", "response.input_tokens").put("input_tokens", 5));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{} | 0",
            "{\"model\":\"m one\",\"instructions\":\"Be brief.\"} | 2",
            "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\" a  b\\nc \"}]}]} | 3",
            "{\"input\":[{\"type\":\"function_call\",\"name\":\"f g\",\"arguments\":\"{\\\"a\\\": 1}\"}]} | 2",
            "{\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"it rains\"}]} | 2",
            "{\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"Says the time\"}]} | 3" })
    void aTokenIsAWordThatTheModelReads(String body, int words) throws Exception {
        assertThat(counted(body)).isEqualTo(words);
    }

    @Test
    void whatIsContinuedCounts() throws Exception {
        server.enqueue(Answer.text("one ", "two").id("resp_1"));
        client.responses("{\"input\":\"three\"}");

        assertThat(counted("{\"previous_response_id\":\"resp_1\",\"input\":\"four\"}")).isEqualTo(4);
    }

    @Test
    void whatIsNotThereCannotBeContinued() throws Exception {
        HttpResponse<String> refused = asked(client, "{\"previous_response_id\":\"resp_1\",\"input\":\"four\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("previous_response_not_found");
    }

    @Test
    void countingTakesNothingFromTheScriptAndIsRecorded() throws Exception {
        server.enqueue(Answer.text("still there"));

        counted(ANY);

        assertThat(server.takeRequest().path()).isEqualTo("/v1/responses/input_tokens");
        assertThat(client.responses(Client.WHOLE).body()).contains("still there");
    }

    @Test
    void theCountCanBeSetUntilAReset() throws Exception {
        server.inputTokens(Answer.inputTokens(7));
        assertThat(counted(ANY)).isEqualTo(7);

        server.reset();
        assertThat(counted(ANY)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void itCanBeSwitchedOff(NoSuchApi refusal) throws Exception {
        server.inputTokens(refusal.answer()).respond(request -> Answer.text("a"));

        HttpResponse<String> refused = asked(client, ANY);

        assertThat(refused.statusCode()).isEqualTo(refusal.answer().status());
        assertThat(refused.body()).doesNotContain("input_tokens\":");
        assertThat(client.responses(Client.WHOLE).body()).contains("output_text");
    }

    @Test
    void aServerOfChatCompletionsAloneDoesNotCount() throws Exception {
        server.only(Api.CHAT_COMPLETIONS);

        assertThat(asked(client, ANY).statusCode()).isEqualTo(404);
    }

    @Test
    void aSimulatedModelDoesNotCount() throws Exception {
        try (ScriptedServer simulated = ScriptedServer.start(new SimulatedModel())) {
            assertThat(asked(new Client(simulated), ANY).statusCode()).isEqualTo(404);
        }
    }
}
