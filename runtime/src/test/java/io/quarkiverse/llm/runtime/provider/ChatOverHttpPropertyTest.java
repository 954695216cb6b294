package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.scripted.Api;
import net.jqwik.api.lifecycle.BeforeContainer;

class ChatOverHttpPropertyTest extends OverHttpProperties {

    ChatOverHttpPropertyTest() {
        super(Api.CHAT_COMPLETIONS);
    }

    @BeforeContainer
    static void start() {
        start(Api.CHAT_COMPLETIONS);
    }
}
