package io.quarkiverse.llm.quickstart;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestStreamElementType;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The API's types as parameters and results of endpoints, with no more said than that events are JSON. */
@Path("plain")
public class PlainEventsResource {

    @Inject
    LlmProvider llm;

    @GET
    @Path("events")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<LlmEvent> events() {
        return llm.stream(LlmRequest.of("Hi"));
    }

    @POST
    @Path("complete")
    public Uni<LlmResponse> complete(LlmRequest request) {
        return llm.complete(request);
    }
}
