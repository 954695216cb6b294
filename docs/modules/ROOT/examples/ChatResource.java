package io.quarkiverse.llm.guides;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestStreamElementType;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

@Path("")
public class ChatResource {

    @Inject
    @LlmClient
    LlmProvider llm;

    // tag::chat[]
    @POST
    @Path("chat")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<LlmEvent> chat(List<Item> history) {
        return llm.stream(LlmRequest.builder().input(history).build());
    }
    // end::chat[]
}
