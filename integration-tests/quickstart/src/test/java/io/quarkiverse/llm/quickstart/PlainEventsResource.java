package io.quarkiverse.llm.quickstart;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The API's types as parameters and results of endpoints, without any annotation to help them. */
@Path("plain")
public class PlainEventsResource {

    @Inject
    LlmProvider llm;

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<LlmEvent> events() {
        return llm.stream(LlmRequest.of("Hi"));
    }

    @POST
    @Path("complete")
    public Uni<LlmResponse> complete(LlmRequest request) {
        return llm.complete(request);
    }
}
