package io.quarkiverse.llm.test;

import java.util.Map;

import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.SimulatedModel;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * Runs a Quarkus application under test against a scripted language model server: sets {@code quarkus.llm.base-url} and
 * {@code quarkus.llm.model}, and puts the server into every test field of type {@link ScriptedServer}.
 * <p>
 * Arguments, all optional:
 * <ul>
 * <li>{@code name}: the provider to configure ({@code quarkus.llm.NAME.base-url}); the default provider without it</li>
 * <li>{@code model}: the model name to configure; {@code scripted} without it</li>
 * <li>{@code simulated}: {@code true} for a server that answers by itself when nothing is scripted</li>
 * </ul>
 * One server serves all tests of the application; a test resets it where it matters.
 *
 * <pre>
 * {
 *     &#64;code
 *     &#64;QuarkusTest
 *     &#64;QuarkusTestResource(ScriptedLlmTestResource.class)
 *     class GreetingResourceTest {
 *
 *         ScriptedServer llm;
 *
 *         &#64;BeforeEach
 *         void reset() {
 *             llm.reset();
 *         }
 *
 *         @Test
 *         void greets() {
 *             llm.enqueue(Answer.text("Hel", "lo"));
 *             given().when().get("/greeting/Ada").then().body(is("Hello"));
 *         }
 *     }
 * }
 * </pre>
 */
public class ScriptedLlmTestResource implements QuarkusTestResourceLifecycleManager {

    private String prefix = "quarkus.llm.";
    private String model = "scripted";
    private boolean simulated;
    private ScriptedServer server;

    @Override
    public void init(Map<String, String> args) {
        String name = args.getOrDefault("name", "");
        prefix = name.isEmpty() ? "quarkus.llm." : "quarkus.llm." + name + ".";
        model = args.getOrDefault("model", model);
        simulated = Boolean.parseBoolean(args.get("simulated"));
    }

    @Override
    public Map<String, String> start() {
        server = simulated ? ScriptedServer.start(new SimulatedModel()) : ScriptedServer.start();
        server.models(model);
        return Map.of(prefix + "base-url", server.baseUrl(), prefix + "model", model);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Override
    public void inject(TestInjector testInjector) {
        testInjector.injectIntoFields(server, field -> field.getType() == ScriptedServer.class);
    }
}
