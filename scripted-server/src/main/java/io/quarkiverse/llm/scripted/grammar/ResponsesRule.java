package io.quarkiverse.llm.scripted.grammar;

/**
 * What a stream of the Responses API keeps to: the order of events, their fields, and what must agree between them. The sources
 * are the OpenAPI description of OpenAI, the specification of Open Responses and what it validates, what the official clients
 * throw at, and recorded streams of OpenAI.
 */
public enum ResponsesRule implements Rule {

    KNOWN_EVENTS(false, "each event has a type of the API"),
    EVENT_FIELDS(false, "each event has all fields of its type"),
    SEQUENCE_NUMBERS(true, "sequence numbers count from 0 without gaps"),

    CREATED_FIRST(true, "response.created is the first event and comes once"),
    IN_PROGRESS(false, "response.in_progress comes before the first item and the end"),
    ANNOUNCEMENT_ORDER(true, "response.queued comes after response.created and before response.in_progress"),
    ANNOUNCED_BEFORE_ITEMS(true, "no announcement of the response comes after the first item"),
    ANNOUNCED_STATUS(true, "the status of a response that is announced is in_progress, or queued before it is"),
    ANNOUNCED_WITHOUT_OUTPUT(true, "the output of a response that is announced is []"),
    ANNOUNCED_WITHOUT_END(true, "usage, error, incomplete_details and completed_at are null until the end"),

    RESPONSE_FIELDS(false, "each response has all fields of the resource"),
    SAME_RESPONSE(true, "the id of the response is the same in each event"),
    SAME_ECHO(false, "what is no result of the response is the same in each event"),
    TOOL_ECHO(false, "each function tool of a response has type, name, description, parameters and strict"),

    OUTPUT_INDEX(true, "items are added at output_index 0, 1, 2 and so on"),
    ITEM_IDS(true, "each item has an id, which no other item has"),
    CALL_IDS(true, "each call has a call_id, which no other call has"),
    ITEM_FIELDS(false, "each item has all fields of its type, and messages are those of the assistant"),
    NO_NULLS(false, "no field of an item or a part is null"),
    ITEM_BEGINS_EMPTY(true, "an item begins without content, summary, arguments or input"),
    ITEM_BEGINS_IN_PROGRESS(true, "the status of an item that begins is in_progress"),
    ONE_ITEM_AT_A_TIME(false, "an item ends before the next one begins"),
    ITEM_OF_EVENT(true, "an event of an item comes while the item at its output_index is open"),
    ITEM_ID_OF_EVENT(true, "the item_id of an event is that of the item at its output_index"),
    OWN_EVENTS(true, "an item has only events that belong to its type"),

    PART_INDEX(true, "parts are added at content_index or summary_index 0, 1, 2 and so on"),
    PART_TYPE(true, "messages have output_text and refusal, reasoning has reasoning_text and summary_text"),
    PART_FIELDS(false, "each part has all fields of its type"),
    PART_BEGINS_EMPTY(true, "a part begins without text, annotations and log probabilities"),
    ONE_PART_AT_A_TIME(true, "a part ends before the next one begins, and before its item ends"),
    EVENT_IN_PART(true, "what belongs to a part comes while it is open, under its index, in events of its type"),
    ONE_DIALECT(true, "the text of a part of reasoning comes under one name"),

    TEXT_IS_ITS_DELTAS(true, "the whole text or arguments are the deltas, joined"),
    TEXT_IN_DELTAS(false, "a text that is not empty comes in at least one delta"),
    TEXT_ENDS_ONCE(true, "the whole text or arguments come once, after all deltas and before the part or item ends"),
    ANNOTATIONS(true, "annotations come before the whole text, numbered 0, 1, 2 and so on, and the part ends with them"),
    LOGPROBS(false, "the part and its whole text have the log probabilities of the deltas, if those had any"),
    PART_IS_ITS_TEXT(true, "a part ends with the type that it began with and the text that came"),
    CALL_NAME(true, "the name at the end of the arguments is that of the call"),

    SAME_ITEM(true, "an item ends with the id, type, role, call_id, name and namespace that it began with"),
    ITEM_IS_ITS_PARTS(true, "an item ends with the parts or the arguments that came"),
    ITEM_ENDS(true, "an item ends completed or incomplete, those of hosted tools not in_progress"),
    ITEM_ENDS_ONCE(true, "each item ends once, before the response is completed or incomplete"),
    ONLY_LAST_INCOMPLETE(true, "only the last item may be incomplete, all others are completed"),
    INCOMPLETE_ITEM(true, "an item is incomplete only in a response that is incomplete"),

    END(true, "the last event is response.completed, response.incomplete or response.failed"),
    NOTHING_AFTER_END(true, "no event comes after the last one"),
    END_STATUS(true, "the status of the response at the end is the type of the event,"
            + " or cancelled in response.incomplete"),
    OUTPUT(true, "the output at the end is the items that ended, in their order"),
    OUTPUT_EXACTLY(false, "the output at the end is exactly the items as they ended"),
    USAGE(true, "a response that is completed or incomplete has a usage"),
    USAGE_FIELDS(false, "a usage has its details and its total"),
    COMPLETED_AT(false, "a response that is completed, and only such a one, says when"),
    INCOMPLETE_DETAILS(true, "a response that is incomplete, and only such a one, says why"),
    ERROR_OF_RESPONSE(true, "a response that failed, and only such a one, has an error with code and message"),
    ONLY_FAILED_AFTER_ERROR(true, "after an error comes response.failed or nothing"),
    ERROR_THEN_FAILED(false, "error and response.failed come both, and tell the same"),
    ERROR_IN_BOTH_FORMS(false, "an error has type, code, message and param in its event and in an object");

    private final boolean official;
    private final String text;

    ResponsesRule(boolean official, String text) {
        this.official = official;
        this.text = text;
    }

    /** Whether the official servers keep to it, too. */
    boolean isOfficial() {
        return official;
    }

    @Override
    public String text() {
        return text;
    }
}
