package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.runtime.config.StreamTransport;
import net.jqwik.api.lifecycle.BeforeContainer;

class ResponsesOverWebSocketPropertyTest extends OverWebSocketProperties {

    @BeforeContainer
    static void start() {
        start(StreamTransport.WEBSOCKET);
    }
}
