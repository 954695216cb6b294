package io.quarkiverse.llm.runtime.wire.chat;

import io.quarkiverse.llm.runtime.wire.StreamProperties;
import io.quarkiverse.llm.scripted.Api;

class ChatStreamPropertyTest extends StreamProperties {

    ChatStreamPropertyTest() {
        super(Api.CHAT_COMPLETIONS, "\"finish_reason\":\"");
    }
}
