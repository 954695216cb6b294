package io.quarkiverse.llm.scripted.grammar;

/**
 * What a stream of Chat Completions keeps to. The sources are the OpenAPI description of OpenAI, the order in which OpenAI
 * sends
 * its chunks, and what the official clients throw at.
 */
public enum ChatRule implements Rule {

    CHUNK_FIELDS("each chunk has id, object, created, model and choices"),
    SAME_COMPLETION("id, created and model are the same in each chunk"),
    ONE_CHOICE("each chunk has one choice, of index 0, besides that of the usage, which has none"),
    CHOICE_FIELDS("each choice has index, delta and finish_reason, and log probabilities are null or an object"),
    ROLE_FIRST("the first delta, and only that one, has the role assistant, and nothing else is told in it"),
    DELTA_FIELDS("text is a string, tool calls are a list that is not empty"),
    DELTA_TELLS("each delta between the first and the last one tells something"),

    CALL_INDEX("tool calls begin at the index 0, 1, 2 and so on"),
    CALL_BEGINS("the first fragment of a tool call has id, type, name and arguments"),
    CALL_IDS("each tool call has an id, which no other one has"),
    CALL_GOES_ON("each further fragment of a tool call has index and arguments alone"),

    FINISH_ONCE("a finish_reason comes once, unless an error comes in its place"),
    FINISH_REASON("the finish_reason is stop, length, tool_calls, content_filter or function_call"),
    FINISH_ALONE("the delta beside the finish_reason is empty"),
    FINISH_OF_CALLS("the finish_reason is tool_calls only if there were some"),
    NOTHING_AFTER_FINISH("after the finish_reason comes the usage or nothing"),

    USAGE_LAST("where it is asked for, and only there, the last chunk is that of the usage, with no choices"),
    USAGE_NULL_BEFORE("where it is asked for, the usage is null in each chunk but the last; where it is not, it is nowhere"),
    USAGE_FIELDS("a usage has its counts, and details that are objects"),

    ERROR_FIELDS("an error has message, type, param and code"),
    NOTHING_AFTER_ERROR("after an error comes nothing");

    private final String text;

    ChatRule(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
