package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

/** With keys, only those who send one are answered, and get what their key may have. */
class AccessOverHttpTest extends GatewayFixture {

    private static final String RESPONSES = "/v1/responses";
    private static final Map<String, String> ALICE = Map.of("authorization", "Bearer secret-of-alice");
    private static final Map<String, String> BOB = Map.of("api-key", "secret-of-bob");

    private void keys() {
        set("quarkus.llm-gateway.keys.alice.value", "secret-of-alice");
        set("quarkus.llm-gateway.keys.bob.value", "secret-of-bob");
    }

    private Answered ask(String model, Map<String, String> headers) {
        return gateway().post(RESPONSES, model == null ? Requests.response("Hello").putNull("model").encode()
                : Requests.response("Hello").put("model", model).encode(), headers);
    }

    @Test
    void whoSendsAKeyIsAnsweredAndNamedInTheLog() {
        keys();
        llm.enqueue(Answer.text("Hello"), Answer.text("Hello"));
        assertThat(ask("scripted", ALICE).status()).isEqualTo(200);
        assertThat(ask("scripted", BOB).status()).isEqualTo(200);
        await().until(() -> log.requests().size() == 2);
        assertThat(log.requests().get(0)).contains(" key=alice ");
        assertThat(log.requests().get(1)).contains(" key=bob ");
        assertThat(llm.requests()).extracting(RecordedRequest::headers).allSatisfy(
                headers -> assertThat(headers.toString()).doesNotContain("secret-of"));
    }

    @ParameterizedTest
    @CsvSource({ "/v1/responses, POST", "/v1/responses/input_tokens, POST", "/v1/chat/completions, POST", "/v1/models, GET",
            "/v1/models/scripted, GET", "/v1/usage, GET" })
    void nobodyElseGetsAnything(String path, String method) {
        keys();
        for (Map<String, String> headers : List.<Map<String, String>> of(Map.of(),
                Map.of("authorization", "Bearer secret-of-carol"),
                Map.of("authorization", "Basic YWxpY2U6c2VjcmV0"), Map.of("api-key", "alice"))) {
            Answered refused = method.equals("GET") ? gateway().get(path, headers)
                    : gateway().post(path, Requests.response("Hello").encode(), headers);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("www-authenticate")).isEqualTo("Bearer");
            assertThat(refused.error().getString("code")).isEqualTo("invalid_api_key");
            assertThat(refused.error().getString("type")).isEqualTo("invalid_request_error");
            assertThat(refused.text()).doesNotContain("alice", "bob", "carol");
        }
        assertThat(llm.requests()).isEmpty();
        assertThat(log.request()).contains(" key=- ", "status=401 outcome=invalid_api_key");
    }

    @Test
    void nobodyElseSendsABodyToTheEnd() {
        keys();
        try (RawClient client = raw()
                .send("POST /v1/responses HTTP/1.1\r\nhost: gateway\r\ncontent-length: 50000000\r\n\r\n")) {
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(401);
            assertThat(head.headers()).containsEntry("connection", "close");
        }
    }

    @Test
    void aModelThatAKeyMayNotUseIsToldOfAsIfThereWereNone() {
        keys();
        llm.models("scripted", "secret-model", "secret-mode");
        set("quarkus.llm-gateway.keys.alice.models", "script*");
        set("quarkus.llm-gateway.routes.fast", "default:secret-model");
        llm.enqueue(Answer.text("Hello"), Answer.text("Hello"));
        assertThat(ask("scripted", ALICE).status()).isEqualTo(200);

        for (String model : new String[] { "secret-model", "no-such-model", "default/secret-model", "fast", "native/x" }) {
            Answered refused = ask(model, ALICE);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.error().getString("code")).isEqualTo("model_not_found");
            assertThat(refused.error().getString("message")).isEqualTo("The model '" + model + "' does not exist.");
        }
        assertThat(ask("scriptde", ALICE).error().getString("message"))
                .isEqualTo("The model 'scriptde' does not exist. Did you mean 'scripted'?");
        assertThat(ask("secret-model", BOB).status()).isEqualTo(200);
    }

    @Test
    void aRequestWithoutAModelGetsThatOfTheProviderOnlyIfTheKeyMayUseIt() {
        keys();
        set("quarkus.llm-gateway.keys.carol.value", "secret-of-carol");
        set("quarkus.llm-gateway.keys.alice.models", "native/*");
        set("quarkus.llm-gateway.keys.carol.models", "default/scripted");
        llm.enqueue(Answer.text("Hello"), Answer.text("Hello"));
        Answered refused = ask(null, ALICE);
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.error().getString("code")).isEqualTo("model_not_found");
        assertThat(refused.text()).doesNotContain("scripted");
        assertThat(ask(null, BOB).status()).isEqualTo(200);
        assertThat(ask(null, Map.of("api-key", "secret-of-carol")).status()).isEqualTo(200);
    }

    @Test
    void theListHasOnlyWhatTheKeyMayUse() {
        keys();
        llm.models("scripted", "other");
        set("quarkus.llm-gateway.routes.fast", "default:other");
        set("quarkus.llm-gateway.keys.alice.models", "fast,native/*");
        assertThat(names(ALICE)).containsExactly("fast", "native/native-model", "native/other", "native/scripted");
        assertThat(names(BOB)).contains("fast", "scripted", "other", "native-model");

        assertThat(gateway().get("/v1/models/fast", ALICE).status()).isEqualTo(200);
        assertThat(gateway().get("/v1/models/native/other", ALICE).status()).isEqualTo(200);
        for (String hidden : new String[] { "other", "default/other", "default%2Fother", "no-such" }) {
            Answered refused = gateway().get("/v1/models/" + hidden, ALICE);
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.error().getString("message"))
                    .isEqualTo("The model '" + hidden.replace("%2F", "/") + "' does not exist.");
        }
    }

    private List<String> names(Map<String, String> headers) {
        return gateway().get("/v1/models", headers).json().getJsonArray("data").stream()
                .map(model -> ((JsonObject) model).getString("id")).toList();
    }

    @Test
    void theKeyOfAClientGoesToTheProvidersThatItIsForAndToNoOther() {
        set("quarkus.llm-gateway.client-keys-to", "native");
        set("quarkus.llm.api-key", "configured-default");
        set("quarkus.llm.native.api-key", "configured-native");
        llm.enqueue(Answer.text("a"), Answer.text("b"), Answer.text("c"));
        Map<String, String> own = Map.of("authorization", "Bearer sk-of-my-own");
        ask("native-model", own);
        ask("scripted", own);
        ask("native-model", Map.of());
        assertThat(llm.requests()).filteredOn(request -> request.method().equals("POST"))
                .extracting(request -> request.header("authorization"))
                .containsExactly("Bearer sk-of-my-own", "Bearer configured-default", "Bearer configured-native");
        await().until(() -> log.requests().size() == 3);
        assertThat(log.requests().get(0)).containsPattern(" key=client-[0-9a-f]{12} ").doesNotContain("sk-of");
        assertThat(log.requests().get(2)).contains(" key=anyone ");
    }

    @Test
    void aResponseBelongsToTheKeyThatHasMadeIt() {
        keys();
        llm.enqueue(Answer.text("Hello"), Answer.text("again"));
        String id = gateway().post(RESPONSES, Requests.response("Hi").put("stream", false).encode(), ALICE).json()
                .getString("id");
        String next = Requests.response("and?").put("stream", false).put("previous_response_id", id).encode();
        Answered refused = gateway().post(RESPONSES, next, BOB);
        Answered unknown = gateway().post(RESPONSES, next.replace(id, "resp_unknown"), BOB);
        assertThat(refused.status()).isEqualTo(400).isEqualTo(unknown.status());
        assertThat(refused.text()).isEqualTo(unknown.text().replace("resp_unknown", id));
        assertThat(gateway().post(RESPONSES, next, ALICE).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatComesInPartsIsThereWhenTheKeyIsKnown() {
        keys();
        llm.enqueue(Answer.text("Hello"));
        byte[] body = Requests.response("x".repeat(100_000)).encode().getBytes(StandardCharsets.UTF_8);
        assertThat(gateway().post(RESPONSES, new String(body, StandardCharsets.UTF_8), ALICE).status()).isEqualTo(200);
        assertThat(llm.takeRequest().body()).contains("x".repeat(100_000));
    }
}
