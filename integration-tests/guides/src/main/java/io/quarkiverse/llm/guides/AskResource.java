package io.quarkiverse.llm.guides;

// tag::ask[]
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestQuery;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.smallrye.mutiny.Multi;

@Path("ask")
public class AskResource {

    @Inject
    @LlmClient
    LlmProvider llm;

    @GET
    public Multi<String> ask(@RestQuery String q) {
        return llm.streamText(LlmRequest.of(q));
    }
}
// end::ask[]
