package io.quarkiverse.llm.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    void stopping_without_a_start_is_harmless() {
        new ScriptedLlmTestResource().stop();
    }
}
