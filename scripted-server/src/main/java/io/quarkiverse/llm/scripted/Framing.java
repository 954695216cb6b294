package io.quarkiverse.llm.scripted;

/** Faults in the event stream around the chunks. All but {@link #GZIP} leave answers that are no event stream alone. */
public enum Framing implements Fault {

    /** Lines end with CR LF, as the event stream format allows. */
    CRLF,

    /** Lines end with CR alone, as the event stream format allows. */
    CR,

    /** A byte order mark comes first, as the event stream format allows. */
    BOM,

    /** Comments between the events: {@code : ping}, llama.cpp's bare {@code :}, {@code : OPENROUTER PROCESSING}. */
    COMMENTS,

    /** Each payload goes over several {@code data:} lines. Scripted answers only. */
    MULTI_LINE_DATA,

    /** {@code data:{...}} without the space. Scripted answers only. */
    NO_SPACE_AFTER_COLON,

    /** Each event has {@code event:} (Chat Completions), {@code id:} and {@code retry:} fields too. Scripted answers only. */
    EXTRA_FIELDS,

    /** The last event is not followed by a blank line, nor even ended by a line end. Scripted answers only. */
    NO_LAST_BLANK_LINE,

    /**
     * The stream ends in good order without {@code [DONE]} (llama.cpp after an error; langchain4j #2048), as streams of the
     * Responses API do anyway. Scripted answers only.
     */
    NO_DONE,

    /** A stream of the Responses API ends with {@code [DONE]} too (Open Responses). Scripted answers only. */
    DONE,

    /** No {@code event:} line in a stream of the Responses API: {@code type} in the data tells. Scripted answers only. */
    NO_EVENT_LINE,

    /** No {@code type} in the data of a stream of the Responses API: the {@code event:} line tells. Scripted answers only. */
    TYPE_IN_EVENT_LINE_ONLY,

    /**
     * After {@code [DONE]}, or the last event of the Responses API, the response does not end and the socket stays open
     * (agentscope-java #2073). Scripted answers only.
     */
    DONE_THEN_OPEN,

    /**
     * After the last chunk there is no {@code [DONE]}, no end of the response, and the socket stays open. Scripted answers
     * only.
     */
    FINISH_THEN_OPEN,

    /** The body is compressed, each event flushed, although the client may not have asked for it. */
    GZIP
}
