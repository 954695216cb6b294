package io.quarkiverse.llm.deployment.listener;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;

/**
 * A server whose Responses API tells less than it must, and breaks off when it is asked to. One for all tests of this JVM; the
 * copies of this class that applications load find it by a system property.
 */
public final class SloppyServer {

    static final String BREAK_OFF = "break off";

    private static final String ORIGIN = "sloppy.server.origin";
    private static final String DELTA = """
            data: {"type":"response.output_text.delta","delta":"Hi"}

            """;
    private static final String END = """
            data: {"type":"response.completed","response":{"object":"response","status":"completed"}}

            """;

    private SloppyServer() {
    }

    static String origin() {
        if (System.getProperty(ORIGIN) == null) {
            System.setProperty(ORIGIN, ScriptedServer.start(SloppyServer::answer).origin());
        }
        return System.getProperty(ORIGIN);
    }

    private static Answer answer(RecordedRequest request) {
        return Answer.sse(request.body().contains(BREAK_OFF) ? DELTA : DELTA + END);
    }
}
