package io.quarkiverse.llm.deployment;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;

/**
 * A server whose answers tell what it was asked, so that a test inside the application needs no hold of it. One for all tests
 * of this JVM; the copies of this class that applications load find it by a system property.
 */
public final class EchoServer {

    private static final String ORIGIN = "echo.server.origin";

    private EchoServer() {
    }

    /** A base URL with this path: {@code http://127.0.0.1:PORT/NAME}. */
    public static String baseUrl(String name) {
        if (System.getProperty(ORIGIN) == null) {
            System.setProperty(ORIGIN, ScriptedServer.start(EchoServer::echo).origin());
        }
        return System.getProperty(ORIGIN) + "/" + name;
    }

    private static Answer echo(RecordedRequest request) {
        return Answer.text(request.path() + " model=" + request.json().getString("model") + " authorization="
                + request.header("authorization"));
    }
}
