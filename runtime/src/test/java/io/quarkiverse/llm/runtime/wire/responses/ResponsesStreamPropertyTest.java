package io.quarkiverse.llm.runtime.wire.responses;

import io.quarkiverse.llm.runtime.wire.StreamProperties;
import io.quarkiverse.llm.scripted.Api;

class ResponsesStreamPropertyTest extends StreamProperties {

    ResponsesStreamPropertyTest() {
        super(Api.RESPONSES, "event: response.completed");
    }
}
