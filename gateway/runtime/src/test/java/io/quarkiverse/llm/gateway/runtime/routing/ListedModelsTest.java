package io.quarkiverse.llm.gateway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.RawJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

class ListedModelsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final TestProviders test = new TestProviders();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anEntryIsOpenAisModel() {
        test.provider("local", () -> Uni.createFrom().item(List.of(new LlmModel("x", Optional.of("acme"),
                Optional.of(Instant.ofEpochSecond(1234)), Optional.empty(), RawJson.of("{}")))));

        assertThat(text(test.listed().all(all -> true))).isEqualTo(
                "{\"object\":\"list\",\"data\":[{\"id\":\"x\",\"object\":\"model\",\"created\":1234,\"owned_by\":\"acme\"}]}");
    }

    @Test
    void whatTheServerDoesNotSayIsZeroAndTheProvidersName() {
        test.provider("local", "x");

        assertThat(one("x")).isEqualTo(
                new JsonObject("{\"id\":\"x\",\"object\":\"model\",\"created\":0,\"owned_by\":\"local\"}"));
    }

    @Test
    void routesComeFirstThenTheDefaultProvidersModelsThenTheOthers() {
        test.provider("a", "z", "m").provider(LlmClient.DEFAULT, "q").route("s", "a:m").route("f", "default")
                .route("gpt-*", "a");

        assertThat(ids()).containsExactly("f", "s", "q", "m", "z");
    }

    @Test
    void theModelThatAProviderIsConfiguredWithIsListedWithoutAList() {
        test.provider("a", () -> Uni.createFrom().failure(new IllegalStateException("no list")))
                .setting("a", "model", "own");

        assertThat(ids()).containsExactly("own");
    }

    @Test
    void peopleAreToldTheNamesTheOwnModelAndWhoIsSilentAndWhy() {
        test.provider("a", () -> Uni.createFrom().failure(new IllegalStateException("Connection refused")))
                .provider(LlmClient.DEFAULT, "x", "y").setting(LlmClient.DEFAULT, "model", "y");

        ServedModels served = test.listed().served().await().atMost(LIMIT);

        assertThat(served.providers()).containsExactly("default", "a");
        assertThat(served.names()).containsExactly("x", "y");
        assertThat(served.own()).contains("y");
        assertThat(served.silent()).isEqualTo(Map.of("a", "Connection refused"));
    }

    @Test
    void whatSeveralProvidersListCanBeHadFromEach() {
        test.provider("a", "x", "y").provider(LlmClient.DEFAULT, "x");

        assertThat(ids()).containsExactly("x", "default/x", "a/x", "y");
        assertThat(one("x").getString("owned_by")).isEqualTo("default");
    }

    @Test
    void aModelThatARouteHidesIsListedWithItsProvider() {
        test.provider("a", "x").provider("b", "y").route("x", "b:y");

        assertThat(ids()).containsExactly("x", "a/x", "y");
    }

    @Test
    void aModelWhoseNameBeginsLikeAnotherProviderIsListedWithItsOwn() {
        test.provider("openai", "gpt").provider("router", "openai/gpt");

        assertThat(ids()).containsExactly("gpt", "router/openai/gpt");
    }

    @Test
    void eachListedNameLeadsToAProvider() {
        test.provider("openai", "gpt", "x").provider("router", "openai/gpt", "x").provider(LlmClient.DEFAULT, "x", "a/b")
                .route("x", "openai:gpt").route("f", "default").reject();

        assertThat(ids()).hasSize(8).allSatisfy(id -> assertThat(test.target(id)).isNotEmpty());
        assertThat(test.target("router/openai/gpt")).isEqualTo("router:openai/gpt");
        assertThat(test.target("default/x")).isEqualTo("<default>:x");
    }

    @Test
    void aProviderBehindTheDefaultOneIsListedOnce() {
        test.provider("a", "x").active("a");

        assertThat(ids()).containsExactly("x");
    }

    @Test
    void whatServersSayOfTheSizeIsKeptAndTheirPathsAreNot() {
        test.provider("a", () -> Uni.createFrom().item(List.of(
                TestProviders.model("x", "{\"id\":\"x\",\"root\":\"/home/me/x.gguf\",\"meta\":{\"n_ctx_train\":8192},"
                        + "\"max_model_len\":1.0e4}"))))
                .route("fast", "a:x");

        assertThat(text(test.listed().one("fast", all -> true)))
                .isEqualTo("{\"id\":\"fast\",\"object\":\"model\",\"created\":0,"
                        + "\"owned_by\":\"a\",\"max_model_len\":1.0e4,\"meta\":{\"n_ctx_train\":8192}}");
    }

    @Test
    void aContextWindowThatOnlyTheProviderKnowsIsTold() {
        test.provider("a", () -> Uni.createFrom().item(List.of(
                new LlmModel("x", Optional.empty(), Optional.empty(), Optional.of(4096L), RawJson.of("[]")))));

        assertThat(one("x").getInteger("context_window")).isEqualTo(4096);
    }

    @Test
    void oneModelMayHaveSlashesAndBeEncoded() {
        test.provider("a", "org/Model:Q4+x", "plain").provider("b");

        assertThat(one("org/Model:Q4+x").getString("id")).isEqualTo("org/Model:Q4+x");
        assertThat(one("org%2FModel%3AQ4%2Bx").getString("id")).isEqualTo("org/Model:Q4+x");
        assertThat(one("a/org/Model:Q4+x").getString("id")).isEqualTo("a/org/Model:Q4+x");
        assertThat(one("a%2Fplain").getString("id")).isEqualTo("a/plain");
    }

    @Test
    void aModelThatThereIsNotIsNotFound() {
        test.provider("a", "plain").provider("b");

        assertThatThrownBy(() -> one("plian")).isInstanceOf(ModelNotFoundException.class)
                .hasMessage("The model 'plian' does not exist. Did you mean 'plain'?");
        assertThatThrownBy(() -> one("%zz")).isInstanceOf(ModelNotFoundException.class)
                .hasMessage("The model '%zz' does not exist.");
    }

    @Test
    void theListIsOfTheMomentOnceItHasBecomeOld() {
        test.provider("a", "x");
        assertThat(ids()).containsExactly("x");
        test.provider("a", "x", "y");
        assertThat(ids()).containsExactly("x");

        test.passes(Duration.ofSeconds(60));

        assertThat(ids()).containsExactly("x", "y");
    }

    private static String text(Uni<byte[]> body) {
        return new String(body.await().atMost(LIMIT), StandardCharsets.UTF_8);
    }

    private JsonObject one(String id) {
        return new JsonObject(text(test.listed().one(id, all -> true)));
    }

    private List<String> ids() {
        return new JsonObject(text(test.listed().all(all -> true))).getJsonArray("data").stream()
                .map(model -> ((JsonObject) model).getString("id")).toList();
    }
}
