package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What belongs to somebody else is not there: nobody can tell it from what never was. */
class OtherOwnersTest extends GatewayFixture {

    private static final String NEVER = "resp_never";

    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private GatewayClient alice;
    private GatewayClient bob;

    @BeforeEach
    void keys() {
        set("quarkus.llm-gateway.keys.alice.value", "secret-of-alice");
        set("quarkus.llm-gateway.keys.bob.value", "secret-of-bob");
        alice = gateway().withKey("secret-of-alice");
        bob = gateway().withKey("secret-of-bob");
    }

    @AfterEach
    void release() {
        released.complete(null);
    }

    private List<Answered> allWaysTo(String id) {
        String path = "/v1/responses/" + id;
        return List.of(bob.get(path), bob.get(path + "?include=reasoning.encrypted_content"), bob.get(path + "?stream=true"),
                bob.get(path + "?stream=true&starting_after=2"), bob.get(path + "/input_items"),
                bob.post(path + "/cancel", ""), bob.delete(path));
    }

    private void assertNobodyElses(String id) {
        List<Answered> never = allWaysTo(NEVER);
        List<Answered> tried = allWaysTo(id);
        for (int i = 0; i < tried.size(); i++) {
            assertThat(tried.get(i).status()).as(tried.get(i).response().uri().toString()).isEqualTo(404);
            assertThat(tried.get(i).text()).isEqualTo(never.get(i).text().replace(NEVER, id));
        }
        Answered further = bob.responses(Requests.response("Hi").put("previous_response_id", id));
        assertThat(further.status()).isEqualTo(400);
        assertThat(further.text()).isEqualTo(
                bob.responses(Requests.response("Hi").put("previous_response_id", NEVER)).text().replace(NEVER, id));
    }

    private void assertNoItem(String id) {
        Answered referred = bob.responses(Requests.response("").put("input",
                new JsonArray().add(new JsonObject().put("type", "item_reference").put("id", id))));
        assertThat(referred.status()).isEqualTo(404);
        assertThat(referred.error().getString("message")).startsWith("Item with id '" + id + "' not found.");
    }

    @Test
    void aResponseThatIsOver() {
        llm.enqueue(Answer.text("secret"));
        JsonObject response = alice.responses(Requests.response("Hi")).stream().response();
        String id = response.getString("id");
        llm.takeRequest();

        assertNobodyElses(id);
        assertNoItem(response.getJsonArray("output").getJsonObject(0).getString("id"));
        assertNoItem("item_" + id + "_0");

        assertThat(llm.requests()).hasSize(1);
        assertThat(alice.get("/v1/responses/" + id).json()).isEqualTo(response);
        assertThat(alice.get("/v1/responses/" + id + "?stream=true").stream().response()).isEqualTo(response);
    }

    @Test
    void aResponseThatIsBeingMade() {
        llm.enqueue(Answer.text("sec").pauseUntil(released).thenText("ret"));
        Background ofAlice = new Background(alice);
        JsonObject response = ofAlice.begun(Background.request("Hi"));
        ofAlice.become(response, "in_progress");

        assertNobodyElses(response.getString("id"));

        assertThat(ofAlice.now(response).getString("status")).isEqualTo("in_progress");
        released.complete(null);
        assertThat(ofAlice.become(response, "completed").getString("output_text")).isEqualTo("secret");
    }

    @Test
    void whatIsMadeInTheBackgroundCountsForWhoAskedUntilItEnds() {
        llm.enqueue(Answer.text("Hello").pauseUntil(released).usage(3, 5));
        Background ofAlice = new Background(alice);
        JsonObject response = ofAlice.begun(Background.request("Hi"));
        ofAlice.become(response, "in_progress");
        assertThat(usage().getInteger("open_requests")).isEqualTo(1);

        released.complete(null);

        ofAlice.become(response, "completed");
        await().untilAsserted(() -> assertThat(usage().getInteger("open_requests")).isZero());
        assertThat(usage().getInteger("output_tokens")).isEqualTo(5);
        assertThat(log.requests())
                .anyMatch(line -> line.contains("responses background key=alice") && line.contains("tokens=3+5"));
    }

    private JsonObject usage() {
        return alice.get("/v1/usage").json();
    }
}
