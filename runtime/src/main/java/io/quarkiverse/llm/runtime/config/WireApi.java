package io.quarkiverse.llm.runtime.config;

/** How requests and answers look on the wire. */
public enum WireApi implements NamedValue {
    /** Whichever the request needs and the server understands. A choice only: no request is sent in it. */
    AUTO,
    /** OpenAI's Responses API. */
    RESPONSES,
    /** The Chat Completions API, which nearly every server understands. */
    CHAT_COMPLETIONS
}
