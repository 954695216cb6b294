package io.quarkiverse.llm.test;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;

/**
 * A scripted language model server for plain JUnit tests, without Quarkus.
 * <p>
 * In a static field one server serves all tests of the class and is reset before each; in an instance field every test has
 * its own. Either way no script, request or running answer of one test reaches another.
 *
 * <pre>
 * class GreeterTest {
 *
 *     &#64;RegisterExtension
 *     static final ScriptedLlm llm = new ScriptedLlm();
 *
 *     &#64;Test
 *     void greets() {
 *         llm.enqueue(Answer.text("Hel", "lo"));
 *
 *         String greeting = new Greeter(llm.baseUrl()).greet("Ada");
 *
 *         assertEquals("Hello", greeting);
 *         assertThat(llm.takeRequest()).hasUserMessage("Greet Ada");
 *     }
 * }
 * </pre>
 */
public final class ScriptedLlm implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final Supplier<ScriptedServer> starting;
    private boolean shared;
    private ScriptedServer server;

    /** A server with an empty script. */
    public ScriptedLlm() {
        this(ScriptedServer::start);
    }

    /** A server that is started in this way, say with TLS or with a simulated model. */
    public ScriptedLlm(Supplier<ScriptedServer> starting) {
        this.starting = Objects.requireNonNull(starting);
    }

    /**
     * The server of the current test.
     *
     * @throws IllegalStateException before the first test and after the last one
     */
    public ScriptedServer server() {
        if (server == null) {
            throw new IllegalStateException("The scripted server runs only during tests: is the field annotated with "
                    + "@RegisterExtension?");
        }
        return server;
    }

    /** The base URL to configure, {@code http://127.0.0.1:PORT/v1}. */
    public String baseUrl() {
        return server().baseUrl();
    }

    /** Adds answers to the server's queue. */
    public ScriptedLlm enqueue(Answer... answers) {
        server().enqueue(answers);
        return this;
    }

    /** Adds answers to the server's queue, in this order. */
    public ScriptedLlm enqueue(List<Answer> answers) {
        server().enqueue(answers);
        return this;
    }

    /**
     * Takes the first request that was not taken before, and waits up to 10 seconds if it has not arrived.
     *
     * @throws AssertionError if none arrives
     */
    public RecordedRequest takeRequest() {
        return server().takeRequest();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // called for static fields only; a nested class finds the server of the class around it
        if (server == null) {
            shared = true;
            server = starting.get();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (shared) {
            server.reset();
        } else {
            server = starting.get();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        boolean nested = context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
        if (shared && !nested) {
            stop();
        }
    }

    private void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
