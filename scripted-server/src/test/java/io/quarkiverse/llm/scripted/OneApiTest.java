package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that has one wire API alone. */
class OneApiTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theOtherApiIsNotFoundAndTakesNothingFromTheScript() throws Exception {
        server.only(Api.CHAT_COMPLETIONS).enqueue(Answer.text("still there"));

        HttpResponse<String> refused = client.responses(Client.STREAM);

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("File Not Found");
        assertThat(client.stream().body()).contains("still there");
        assertThat(server.requests()).extracting(request -> request.api().orElseThrow())
                .containsExactly(Api.RESPONSES, Api.CHAT_COMPLETIONS);
    }

    @ParameterizedTest
    @EnumSource
    void itIsRefusedAsServersRefuse(NoSuchApi refusal) throws Exception {
        server.only(Api.RESPONSES, refusal.answer()).respond(request -> Answer.text("a"));

        HttpResponse<String> refused = client.stream();

        assertThat(refused.statusCode()).isEqualTo(refusal.answer().status());
        assertThat(refused.body()).doesNotContain("choices");
        assertThat(client.responses(Client.WHOLE).body()).contains("output_text");
    }

    @Test
    void aResetGivesBothBack() throws Exception {
        server.only(Api.RESPONSES).reset().enqueue(Answer.text("a"));

        assertThat(client.stream().statusCode()).isEqualTo(200);
    }

    @Test
    void modelsAreListedAnyway() throws Exception {
        server.only(Api.RESPONSES);

        assertThat(client.get("/models").statusCode()).isEqualTo(200);
    }
}
