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

    /** Each event has {@code event:}, {@code id:} and {@code retry:} fields too. Scripted answers only. */
    EXTRA_FIELDS,

    /** The last event is not followed by a blank line, nor even ended by a line end. Scripted answers only. */
    NO_LAST_BLANK_LINE,

    /**
     * The stream ends in good order without {@code [DONE]} (llama.cpp after an error; langchain4j #2048). Scripted
     * answers only.
     */
    NO_DONE,

    /**
     * After {@code [DONE]} the response does not end and the socket stays open (agentscope-java #2073). Scripted
     * answers only.
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
