package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.scripted.ScriptedServer;

/** A gateway in front of a scripted server, both new for each test. */
@Timeout(60)
abstract class GatewayFixture {

    static final Duration SOON = Duration.ofSeconds(20);

    final ScriptedServer llm = ScriptedServer.start();
    final LogLines log = LogLines.all();
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, LlmProvider> beans = new HashMap<>();
    private GatewayServer server;

    /** Before the gateway is asked for. */
    void set(String key, String value) {
        settings.put(key, value);
    }

    /** A provider of the application's own, before the gateway is asked for. */
    void bean(LlmProvider provider) {
        beans.put(provider.name(), provider);
    }

    GatewayServer server() {
        if (server == null) {
            server = GatewayServer.start(llm, settings, beans);
        }
        return server;
    }

    GatewayClient gateway() {
        return server().client();
    }

    RawClient raw() {
        return RawClient.of(server());
    }

    static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(20));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        llm.close();
        log.close();
    }
}
