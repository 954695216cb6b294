package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.runtime.config.StreamTransport;
import net.jqwik.api.lifecycle.BeforeContainer;

class ResponsesOverAutomaticTransportPropertyTest extends OverWebSocketProperties {

    @BeforeContainer
    static void start() {
        start(StreamTransport.AUTO);
    }
}
