package io.quarkiverse.llm.runtime.config.preset;

import io.quarkiverse.llm.runtime.config.value.NamedValue;

/** How requests and answers look on the wire. */
public enum WireApi implements NamedValue {
    /** Whichever the request needs and the server understands. A choice only: no request is sent in it. */
    AUTO("either wire API"),
    /** OpenAI's Responses API. */
    RESPONSES("the Responses API"),
    /** The Chat Completions API, which nearly every server understands. */
    CHAT_COMPLETIONS("Chat Completions");

    private final String title;

    WireApi(String title) {
        this.title = title;
    }

    /** What it is called in a sentence. */
    public String title() {
        return title;
    }
}
