package io.quarkiverse.llm.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.gateway.runtime.routing.ServedModels;
import io.vertx.core.json.JsonObject;

class AnnouncementTest {

    private static String text(List<String> names, Optional<String> own) {
        return new Announcement("http://localhost:8080/v1", new ServedModels(List.of("default"), names, own, Map.of()), false)
                .text();
    }

    private static JsonObject opencode(String text) {
        return new JsonObject(text.substring(text.indexOf("{\n")));
    }

    @Test
    void agentsGetTheModelThatIsConfigured() {
        String text = text(List.of("a", "b"), Optional.of("b"));
        assertThat(text).contains("\nmodel = \"b\"\n");
        assertThat(opencode(text).getString("model")).isEqualTo("gateway/b");
    }

    @Test
    void elseTheFirstThatIsNotForEmbeddings() {
        assertThat(text(List.of("embeddinggemma", "qwen3:4b"), Optional.empty())).contains("model = \"qwen3:4b\"");
    }

    @Test
    void whereNoneIsKnownAPlaceIsLeftForOne() {
        String text = text(List.of(), Optional.empty());
        assertThat(text).contains("No models are known").contains("model = \"MODEL\"");
        assertThat(opencode(text).getJsonObject("provider").getJsonObject("gateway").getJsonObject("models").getMap())
                .containsOnlyKeys("MODEL");
    }

    @Test
    void withoutAnyServerItSaysWhatToSet() {
        ServedModels none = new ServedModels(List.of(), List.of(), Optional.empty(), Map.of());
        assertThat(new Announcement("http://localhost:8080/v1", none, false).text()).contains("set QUARKUS_LLM_BASE_URL");
    }

    @Test
    void whereKeysAreNeededItSaysHowToSendThem() {
        ServedModels models = new ServedModels(List.of("default"), List.of("m"), Optional.empty(), Map.of());
        String text = new Announcement("http://localhost:8080/v1", models, true).text();
        assertThat(text).contains("Clients send their key as bearer token")
                .contains("wire_api = \"responses\"\nenv_key = \"GATEWAY_API_KEY\"\n");
        assertThat(
                opencode(text).getJsonObject("provider").getJsonObject("gateway").getJsonObject("options").getString("apiKey"))
                .isEqualTo("{env:GATEWAY_API_KEY}");
        assertThat(text(List.of("m"), Optional.empty())).doesNotContain("GATEWAY_API_KEY", "key as bearer");
    }

    @Test
    void manyModelsDoNotFloodTheLog() {
        List<String> names = IntStream.range(0, 300).mapToObj(i -> "model-" + i).toList();
        assertThat(text(names, Optional.empty())).contains("model-19, and 280 more").doesNotContain("model-20,");
    }

    @Test
    void namesAreQuoted() {
        String text = text(List.of("a\"b\\c"), Optional.empty());
        assertThat(text).contains("model = \"a\\\"b\\\\c\"");
        assertThat(opencode(text).getString("model")).isEqualTo("gateway/a\"b\\c");
    }

    @Test
    void aProviderThatIsSilentIsNamedWithTheReason() {
        ServedModels models = new ServedModels(List.of("cloud"), List.of("m"), Optional.empty(),
                Map.of("cloud", "401 Unauthorized"));
        assertThat(new Announcement("http://localhost:8080/v1", models, false).text())
                .contains("Provider 'cloud' does not list its models").contains(": 401 Unauthorized\n");
    }

    @Test
    void theAddressHasTheRootPathOfTheApplicationAndThatOfTheGateway() {
        assertThat(Announcement.baseUrl(URI.create("http://localhost:8080/"), "v1")).isEqualTo("http://localhost:8080/v1");
        assertThat(Announcement.baseUrl(URI.create("http://localhost:8080/app"), "v1"))
                .isEqualTo("http://localhost:8080/app/v1");
        assertThat(Announcement.baseUrl(URI.create("http://localhost:8080"), "")).isEqualTo("http://localhost:8080");
    }
}
