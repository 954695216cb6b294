package io.quarkiverse.llm.gateway.app;

import java.util.Map;
import java.util.regex.Pattern;

import io.quarkiverse.llm.gateway.program.PackagedProgram;

/** The packaged gateway. */
final class GatewayProgram implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("The gateway is at (http://localhost:\\d+/v1)");

    private final PackagedProgram program;

    private GatewayProgram(Map<String, String> environment) {
        program = PackagedProgram.start("gateway", environment);
    }

    static GatewayProgram start(Map<String, String> environment) {
        return new GatewayProgram(environment);
    }

    /** One that everybody may use, in front of that server. */
    static GatewayProgram before(String baseUrl) {
        return start(Map.of("QUARKUS_LLM_BASE_URL", baseUrl, "QUARKUS_LLM_GATEWAY_AUTHENTICATION", "none"));
    }

    /** For clients; waits until the log tells it. */
    String baseUrl() {
        return program.awaitLog(ADDRESS).group(1);
    }

    void awaitLog(String text) {
        program.awaitLog(text);
    }

    String log() {
        return program.log();
    }

    /** As {@code kill}, systemd and containers do. */
    void terminate() {
        program.terminate();
    }

    int awaitExit() {
        return program.awaitExit();
    }

    @Override
    public void close() {
        program.close();
    }
}
