package io.quarkiverse.llm.runtime.wire.responses;

import io.quarkiverse.llm.RawJson;

/** What one event of a stream says. One instance is filled again for each; what an event does not say is {@code null}. */
final class ResponsesEvent {

    static final int NO_INDEX = -1;

    EventKind kind;
    /** Of the data; else the name of the SSE event; {@code null} when there is neither. */
    String type;
    /** Whether the type is only the name of the SSE event. */
    boolean named;
    String itemId;
    int outputIndex;
    int contentIndex;
    int summaryIndex;
    String delta;
    /** The whole of what deltas bring: text, refusal, arguments or input. */
    String whole;
    /** An array that is not empty. */
    RawJson logprobs;
    /** Of the tool, where the end of the arguments says it. */
    String name;
    ReceivedItem item;
    ReceivedPart part;
    RawJson annotation;
    ReceivedResponse response;
    boolean hasError;

    void clear() {
        kind = EventKind.OTHER;
        type = null;
        named = false;
        itemId = null;
        outputIndex = NO_INDEX;
        contentIndex = NO_INDEX;
        summaryIndex = NO_INDEX;
        delta = null;
        whole = null;
        logprobs = null;
        name = null;
        item = null;
        part = null;
        annotation = null;
        response = null;
        hasError = false;
    }
}
