package io.quarkiverse.llm.test;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.SimulatedModel;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * Runs a Quarkus application under test against a scripted language model server: sets {@code quarkus.llm.base-url} and
 * {@code quarkus.llm.model}, and puts the server into the test's fields of type {@link ScriptedServer}. With several resources,
 * for several providers, a field that bears the name of a provider gets that provider's server, any other the default
 * provider's.
 * <p>
 * Arguments, all optional:
 * <ul>
 * <li>{@code name}: the provider to configure ({@code quarkus.llm.NAME.base-url}); the default provider without it</li>
 * <li>{@code model}: the model name to configure; {@code scripted} without it</li>
 * <li>{@code faults}: the names of faults, as {@link Fault#named} knows them, with commas between; every scripted answer has
 * them</li>
 * <li>{@code simulated}: {@code true} for a server that answers by itself when nothing is scripted</li>
 * </ul>
 * One server serves all tests of the application; a test resets it where it matters.
 *
 * <pre>
 * &#64;QuarkusTest
 * &#64;WithTestResource(ScriptedLlmTestResource.class)
 * class GreetingResourceTest {
 *
 *     ScriptedServer llm;
 *
 *     &#64;BeforeEach
 *     void reset() {
 *         llm.reset();
 *     }
 *
 *     &#64;Test
 *     void greets() {
 *         llm.enqueue(Answer.text("Hel", "lo"));
 *         given().when().get("/greeting/Ada").then().body(is("Hello"));
 *     }
 * }
 * </pre>
 */
public class ScriptedLlmTestResource implements QuarkusTestResourceLifecycleManager {

    /** The providers that have a server now; the default one has no name. */
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    private String name = "";
    private String prefix = "quarkus.llm.";
    private String model = "scripted";
    private Fault[] faults = {};
    private boolean simulated;
    private ScriptedServer server;

    @Override
    public void init(Map<String, String> args) {
        name = args.getOrDefault("name", "");
        prefix = name.isEmpty() ? "quarkus.llm." : "quarkus.llm." + name + ".";
        model = args.getOrDefault("model", model);
        faults = args.containsKey("faults") ? faults(args.get("faults")) : new Fault[0];
        simulated = Boolean.parseBoolean(args.get("simulated"));
    }

    private static Fault[] faults(String names) {
        return Arrays.stream(names.split(",")).map(Fault::named).toArray(Fault[]::new);
    }

    @Override
    public Map<String, String> start() {
        server = simulated ? ScriptedServer.start(new SimulatedModel()) : ScriptedServer.start();
        server.faults(faults).models(model);
        NAMES.add(name);
        return Map.of(prefix + "base-url", server.baseUrl(), prefix + "model", model);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
        NAMES.remove(name);
    }

    @Override
    public void inject(TestInjector testInjector) {
        testInjector.injectIntoFields(server, field -> field.getType() == ScriptedServer.class && isOurs(field.getName()));
    }

    private boolean isOurs(String field) {
        if (NAMES.contains(field)) {
            return field.equals(name);
        }
        // A server that is the only one takes every field: there is nothing to mix up.
        return name.isEmpty() || NAMES.size() == 1;
    }
}
