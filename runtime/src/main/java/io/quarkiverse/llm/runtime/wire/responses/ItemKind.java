package io.quarkiverse.llm.runtime.wire.responses;

/** What an item of the output is. */
enum ItemKind {
    MESSAGE("msg"),
    REASONING("rs"),
    FUNCTION_CALL("fc"),
    CUSTOM_CALL("ctc"),
    /** Whatever comes only as a whole: the calls of hosted tools, and what servers will think of next. */
    WHOLE("item");

    private final String idPrefix;

    ItemKind(String idPrefix) {
        this.idPrefix = idPrefix;
    }

    static ItemKind of(String type) {
        return switch (type) {
            case "message" -> MESSAGE;
            case "reasoning" -> REASONING;
            case "function_call" -> FUNCTION_CALL;
            case "custom_tool_call" -> CUSTOM_CALL;
            default -> WHOLE;
        };
    }

    boolean isCall() {
        return this == FUNCTION_CALL || this == CUSTOM_CALL;
    }

    /** Of ids that are made up. */
    String idPrefix() {
        return idPrefix;
    }
}
