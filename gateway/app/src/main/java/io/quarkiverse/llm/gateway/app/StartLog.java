package io.quarkiverse.llm.gateway.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkiverse.llm.gateway.runtime.routing.ServedModels;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;

/** Tells once how to use the gateway, when it can be used and its providers have told their models. Nobody waits for it. */
@Singleton
class StartLog {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.gateway");

    private final ServedGateway gateway;
    private final HttpServer server;
    private final AtomicBoolean told = new AtomicBoolean();

    StartLog(ServedGateway gateway, HttpServer server) {
        this.gateway = gateway;
        this.server = server;
    }

    void http(@ObservesAsync HttpServerStart start) {
        tell();
    }

    void https(@ObservesAsync HttpsServerStart start) {
        tell();
    }

    private void tell() {
        if (told.compareAndSet(false, true)) {
            String baseUrl = Announcement.baseUrl(server.getLocalBaseUri(), gateway.path());
            gateway.routes().models().served().subscribe().with(models -> log(baseUrl, models),
                    failure -> log(baseUrl, new ServedModels(List.of(), Optional.empty(),
                            Map.of("the gateway", String.valueOf(failure.getMessage())))));
        }
    }

    private static void log(String baseUrl, ServedModels models) {
        LOG.info(new Announcement(baseUrl, models).text());
    }
}
