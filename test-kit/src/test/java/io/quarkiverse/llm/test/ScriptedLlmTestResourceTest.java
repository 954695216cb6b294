package io.quarkiverse.llm.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector;

class ScriptedLlmTestResourceTest {

    private final ScriptedLlmTestResource resource = new ScriptedLlmTestResource();
    private ScriptedServer injected;

    /** Sets the fields of this test as Quarkus does it. */
    private final TestInjector injector = new TestInjector() {

        @Override
        public void injectIntoFields(Object value, Predicate<Field> predicate) {
            for (Field field : ScriptedLlmTestResourceTest.class.getDeclaredFields()) {
                if (predicate.test(field)) {
                    assertThat(field.getName()).isEqualTo("injected");
                    injected = (ScriptedServer) value;
                }
            }
        }
    };

    private Map<String, String> started(Map<String, String> args) {
        resource.init(args);
        Map<String, String> config = resource.start();
        resource.inject(injector);
        return config;
    }

    @AfterEach
    void stop() {
        resource.stop();
    }

    @Test
    void configures_the_default_provider() {
        assertThat(started(Map.of())).isEqualTo(Map.of(
                "quarkus.llm.base-url", injected.baseUrl(),
                "quarkus.llm.model", "scripted"));
    }

    @Test
    void configures_a_named_provider_with_a_named_model() {
        assertThat(started(Map.of("name", "local", "model", "tiny"))).isEqualTo(Map.of(
                "quarkus.llm.local.base-url", injected.baseUrl(),
                "quarkus.llm.local.model", "tiny"));
    }

    @Test
    void answers_have_the_faults_that_arguments_name() throws Exception {
        started(Map.of("faults", "no-done, role-missing"));
        injected.enqueue(Answer.text("a"));

        String stream = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(injected.baseUrl() + "/chat/completions")).POST(BodyPublishers.ofString("{\"stream\":true}"))
                .build(),
                BodyHandlers.ofString()).body();

        assertThat(stream).contains("\"content\":\"a\"").doesNotContain("\"role\"").doesNotContain("[DONE]");
    }

    @Test
    void an_unknown_fault_says_so() {
        assertThatIllegalArgumentException().isThrownBy(() -> resource.init(Map.of("faults", "no-don")))
                .withMessageStartingWith("There is no fault 'no-don'");
    }

    @Test
    void a_field_that_bears_the_name_of_a_provider_gets_its_server_and_others_the_default_one() {
        ScriptedLlmTestResource named = new ScriptedLlmTestResource();
        named.init(Map.of("name", "local"));
        resource.init(Map.of());
        resource.start();
        named.start();
        Map<String, ScriptedServer> fields = new HashMap<>();

        resource.inject((server, predicate) -> TwoServers.inject(fields, server, predicate));
        named.inject((server, predicate) -> TwoServers.inject(fields, server, predicate));

        assertThat(fields).containsOnlyKeys("llm", "local");
        assertThat(fields.get("llm")).isNotSameAs(fields.get("local"));
        named.stop();
    }

    /** A test with a server for each of two providers. */
    static final class TwoServers {

        ScriptedServer llm;
        ScriptedServer local;

        static void inject(Map<String, ScriptedServer> fields, Object server, Predicate<Field> predicate) {
            for (Field field : TwoServers.class.getDeclaredFields()) {
                if (predicate.test(field)) {
                    assertThat(fields.put(field.getName(), (ScriptedServer) server)).isNull();
                }
            }
        }
    }

    @Test
    void stopping_without_a_start_is_harmless() {
        new ScriptedLlmTestResource().stop();
    }
}
