package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.JobTimes;
import io.quarkiverse.llm.gateway.runtime.state.ResponseStore;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.Window;
import io.quarkiverse.llm.gateway.runtime.store.CaffeineStateStore;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What belongs to somebody else is not there: nobody can tell it from what never was. */
@Timeout(60)
class OtherOwnersTest {

    private static final String OTHER = "somebody-else";
    private static final RawJson MESSAGE = RawJson.verbatim("{\"type\":\"message\",\"id\":\"msg_other\",\"role\":\"assistant\","
            + "\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"secret\",\"annotations\":[]}]}");

    private final ScriptedServer llm = ScriptedServer.start();
    private final CaffeineStateStore store = new CaffeineStateStore(Duration.ofHours(1), 10_000, 100_000_000);
    private final ResponseStore responses = new ResponseStore(store);
    private final StoredJobs jobs = new StoredJobs(store, JobTimes.USUAL);
    private final GatewayServer server = GatewayServer.start(llm, Map.of(), Map.of(), Optional.of(store), JobTimes.USUAL);

    @AfterEach
    void stop() {
        server.close();
        llm.close();
    }

    private static RawJson resource(String id, String status) {
        return RawJson.verbatim("{\"id\":\"" + id + "\",\"object\":\"response\",\"created_at\":1,\"status\":\"" + status
                + "\",\"model\":\"m\",\"background\":true,\"output\":[]}");
    }

    private static byte[] log() {
        EventLog log = new EventLog();
        byte[] event = "{\"type\":\"response.created\",\"sequence_number\":0}".getBytes(StandardCharsets.UTF_8);
        log.event("response.created", event, 0, event.length);
        return log.encoded();
    }

    private List<Answered> allWays(String id) {
        GatewayClient client = server.client();
        String path = "/v1/responses/" + id;
        return List.of(client.get(path), client.get(path + "?stream=true"), client.get(path + "?include[]=reasoning.encrypted_content"
                .replace("[]", "%5B%5D")), client.get(path + "/input_items"), client.post(path + "/cancel", ""),
                client.delete(path));
    }

    private void assertUnknown(String id) {
        for (Answered answered : allWays(id)) {
            assertThat(answered.status()).as(answered.response().uri().toString()).isEqualTo(404);
            assertThat(answered.text().replace(id, "resp_never")).isEqualTo(
                    answered.response().request().method().equals("GET") ? server.client().get("/v1/responses/resp_never").text()
                            : server.client().delete("/v1/responses/resp_never").text());
        }
        Answered further = server.client().responses(Requests.response("Hi").put("previous_response_id", id));
        Answered never = server.client().responses(Requests.response("Hi").put("previous_response_id", "resp_never"));
        assertThat(further.status()).isEqualTo(400);
        assertThat(further.text().replace(id, "resp_never")).isEqualTo(never.text());
    }

    @Test
    void aResponseThatIsOver() {
        responses.keep(OTHER, resource("resp_other", "completed"), Window.EMPTY, List.of(MESSAGE), Optional.of(log()))
                .await().indefinitely();

        assertUnknown("resp_other");
        for (String item : List.of("msg_other", "item_resp_other_0")) {
            Answered referred = server.client().responses(Requests.response("").put("input",
                    new JsonArray().add(new JsonObject().put("type", "item_reference").put("id", item))));
            assertThat(referred.status()).isEqualTo(404);
            assertThat(referred.text()).doesNotContain("secret");
        }
        // and it is as it was
        assertThat(responses.find(OTHER, "resp_other").await().indefinitely()).isPresent();
        assertThat(responses.events(OTHER, "resp_other").await().indefinitely()).isPresent();
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void aResponseThatIsBeingMade() {
        jobs.begin(OTHER, resource("resp_other", "queued"), Window.EMPTY, Optional.empty()).await().indefinitely();

        assertUnknown("resp_other");

        assertThat(jobs.find(OTHER, "resp_other").await().indefinitely()).isPresent();
        assertThat(jobs.mark(OTHER, "resp_other").await().indefinitely().orElseThrow().kind())
                .hasToString("QUEUED");
    }
}
