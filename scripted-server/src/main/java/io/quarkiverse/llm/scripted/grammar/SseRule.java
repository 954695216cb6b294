package io.quarkiverse.llm.scripted.grammar;

/**
 * What the bytes of an event stream keep to. The format of server-sent events allows more; these are the forms that every
 * client
 * reads, the suite of Open Responses with its own parser among them.
 */
public enum SseRule implements Rule {

    UTF_8("the bytes are UTF-8 without a byte order mark"),
    LINE_FEEDS("lines end with LF alone"),
    BLANK_LINE("one blank line ends each event and each comment, also the last"),
    FIELDS("lines are comments, or event or data with a colon and a space"),
    EVENT_LINE("an event line comes first and is the type of the data; Chat Completions and [DONE] have none"),
    ONE_DATA_LINE("each event has one data line"),
    JSON("the data is a JSON object"),
    DONE("the last event is data: [DONE]"),
    NOTHING_AFTER_DONE("nothing comes after [DONE]");

    private final String text;

    SseRule(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
