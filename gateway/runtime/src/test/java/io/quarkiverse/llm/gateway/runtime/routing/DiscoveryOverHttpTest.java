package io.quarkiverse.llm.gateway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;

/** Servers that are asked for their models over HTTP. */
@Timeout(30)
class DiscoveryOverHttpTest {

    private final TestProviders test = new TestProviders();
    private final ScriptedServer a = ScriptedServer.start();
    private final ScriptedServer b = ScriptedServer.start();

    @AfterEach
    void close() {
        test.close();
        a.close();
        b.close();
    }

    @Test
    void eachModelGoesToTheServerThatListsIt() {
        a.models("qwen3:4b", "org/Model:Q4");
        b.models("gpt-5");
        test.server("a", a.baseUrl()).server("b", b.baseUrl());

        assertThat(test.target("org/Model:Q4")).isEqualTo("a:org/Model:Q4");
        assertThat(test.target("gpt-5")).isEqualTo("b:gpt-5");
    }

    @Test
    void aServerWithoutAListHarmsNoOther() {
        a.models(Answer.error(404, "no such path"));
        b.models("gpt-5");
        test.server("a", a.baseUrl()).setting("a", "model", "own").server("b", b.baseUrl());

        assertThat(test.target("gpt-5")).isEqualTo("b:gpt-5");
        assertThat(test.target("own")).isEqualTo("a:own");
        assertThat(body()).contains("\"own\"").contains("\"gpt-5\"");
    }

    @Test
    void aServerThatIsNotThereIsFoundOnceItIs() {
        a.models(Answer.error(503, "loading"));
        test.server("a", a.baseUrl()).server("b", b.baseUrl()).reject();
        assertThatThrownBy(() -> test.target("qwen")).isInstanceOf(ModelNotFoundException.class);

        a.models("qwen");
        test.passes(Duration.ofSeconds(5));

        assertThat(test.target("qwen")).isEqualTo("a:qwen");
    }

    @Test
    void anotherServerBehindAProviderHasOtherModels() {
        a.models("old");
        b.models("new");
        test.server("local", a.baseUrl()).reject();
        assertThat(test.target("old")).isEqualTo("local:old");

        test.server("local", b.baseUrl()).change();

        assertThat(test.target("new")).isEqualTo("local:new");
        assertThat(body()).contains("\"new\"").doesNotContain("\"old\"");
        assertThatThrownBy(() -> test.target("old")).isInstanceOf(ModelNotFoundException.class);
    }

    private String body() {
        return new String(test.listed().all(all -> true).await().atMost(Duration.ofSeconds(20)), StandardCharsets.UTF_8);
    }
}
