package io.quarkiverse.llm.devmode;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;

/** Asks the remote provider, whose worker is in the same application. */
@Path("pool")
public class PoolResource {

    @Inject
    @LlmClient("pool")
    LlmProvider pool;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector memory;

    @GET
    public String ask() {
        return pool.completeAndAwait(LlmRequest.of("hi")).text();
    }

    /** How many responses the worker has written, when they have a connector. */
    @GET
    @Path("responses")
    public String responses() {
        return Integer.toString(memory.sink("pool-responses").received().size());
    }
}
