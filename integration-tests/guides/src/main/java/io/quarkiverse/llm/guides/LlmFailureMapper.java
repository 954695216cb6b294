package io.quarkiverse.llm.guides;

import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.llm.LlmException;

public class LlmFailureMapper {

    // tag::mapper[]
    @ServerExceptionMapper
    RestResponse<String> failed(LlmException e) {
        return RestResponse.status(RestResponse.Status.BAD_GATEWAY, e.getMessage());
    }
    // end::mapper[]
}
