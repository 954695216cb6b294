package io.quarkiverse.llm.deployment;

import java.time.Duration;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;

/**
 * A server whose answers tell what it was asked, so that a test inside the application needs no hold of it. One for all tests
 * of this JVM; the copies of this class that applications load find it by a system property.
 */
public final class EchoServer {

    /** A prompt that is answered in two pieces, half a second apart. */
    public static final String SLOW = "slowly, please";

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
        String asked = request.path() + " model=" + request.json().getString("model") + " authorization="
                + request.header("authorization");
        return request.body().contains(SLOW) ? Answer.text("slowly ").pause(Duration.ofMillis(500)).thenText(asked)
                : Answer.text(asked);
    }
}
