package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.scripted.Api;
import net.jqwik.api.lifecycle.BeforeContainer;

class ResponsesOverHttpPropertyTest extends OverHttpProperties {

    ResponsesOverHttpPropertyTest() {
        super(Api.RESPONSES);
    }

    @BeforeContainer
    static void start() {
        start(Api.RESPONSES);
    }
}
