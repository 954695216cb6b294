package io.quarkiverse.llm.devmode;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

/** Asks the model, and tells which object it is that asks and how often it has. */
@Path("/")
@ApplicationScoped
public class AskResource {

    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger count = new AtomicInteger();

    @Inject
    LlmProvider llm;

    @Inject
    Observer observer;

    @ConfigProperty(name = "greeting", defaultValue = "none")
    String greeting;

    @GET
    @Path("ask")
    public String ask() {
        String answer = llm.completeAndAwait(LlmRequest.of("hi")).text();
        return id + "|" + count.incrementAndGet() + "|" + greeting + "|" + answer;
    }

    @GET
    @Path("ping")
    public String ping() {
        return "pong";
    }

    /** What the observer has heard, in lines. */
    @GET
    @Path("heard")
    public String heard() {
        return String.join("\n", observer.heard());
    }

    @GET
    @Path("stream")
    public Multi<String> stream() {
        return llm.streamText(LlmRequest.of("hi"));
    }
}
