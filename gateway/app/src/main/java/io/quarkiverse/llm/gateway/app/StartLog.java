package io.quarkiverse.llm.gateway.app;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.gateway.runtime.ServedGateway;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.Authentication;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.smallrye.mutiny.Uni;

/** Tells once how to use the gateway, when it can be used and its providers have told their models. Nobody waits for it. */
@Singleton
class StartLog {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm.gateway");

    private final ServedGateway gateway;
    private final Instance<HttpServer> server;
    private final AtomicBoolean told = new AtomicBoolean();

    StartLog(ServedGateway gateway, Instance<HttpServer> server) {
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
            address().chain(address -> gateway.routes().models().served()
                    .map(models -> new Announcement(Announcement.baseUrl(address, gateway.path()), models,
                            gateway.authentication() == Authentication.API_KEY)))
                    .subscribe().with(announcement -> LOG.info(announcement.text()),
                            failure -> LOG.warn("What the gateway has could not be told", failure));
        }
    }

    /** Quarkus fires the event, on another thread, a moment before it registers the address. */
    private Uni<URI> address() {
        return Uni.createFrom().item(() -> server.get().getLocalBaseUri())
                .onFailure().retry().withBackOff(Duration.ofMillis(10), Duration.ofMillis(200)).atMost(50);
    }
}
