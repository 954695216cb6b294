package io.quarkiverse.llm.quickstart;

import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

/** What the browser and {@code curl} talk to. */
@Path("/")
public class ChatResource {

    @Inject
    @LlmClient
    LlmProvider llm;

    @Inject
    Conversation conversation;

    /** {@code curl -N 'localhost:8080/ask?q=Why+is+the+sky+blue%3F'} */
    @GET
    @Path("ask")
    @Produces(MediaType.TEXT_PLAIN)
    public Multi<String> ask(@RestQuery @DefaultValue("Why is the sky blue?") String q) {
        return llm.streamText(LlmRequest.of(q));
    }

    /**
     * Goes on with a conversation. When the browser closes its connection, Quarkus cancels the stream, and that closes the
     * exchange with the provider.
     *
     * @param history the conversation so far, the user's new message last
     */
    @POST
    @Path("chat")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<ChatEvent> chat(List<Item> history) {
        // tag::failure[]
        return conversation.goOn(history)
                .onFailure(LlmException.class).recoverWithItem(failure -> new ChatEvent.Failure(failure.getMessage()));
        // end::failure[]
    }

    /** For {@link #ask}: the provider's reason, instead of an internal error. */
    @ServerExceptionMapper
    RestResponse<String> failed(LlmException e) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.BAD_GATEWAY, e.getMessage() + "\n")
                .type(MediaType.TEXT_PLAIN).build();
    }
}
