package io.quarkiverse.llm.runtime.wire.responses;

/** What a part of a message or of reasoning is. */
enum PartKind {
    TEXT,
    REFUSAL,
    /** The reasoning itself. */
    REASONING,
    SUMMARY,
    /** Of a type that is not modelled here. */
    OTHER;

    static PartKind of(String type) {
        return switch (type) {
            case "output_text", "text", "input_text" -> TEXT;
            case "refusal" -> REFUSAL;
            case "reasoning_text", "reasoning" -> REASONING;
            case "summary_text" -> SUMMARY;
            default -> OTHER;
        };
    }

    /** What such a part is where parts of this kind belong: reasoning takes all for its own, a message no reasoning. */
    PartKind among(PartKind expected) {
        return expected.owner() == ItemKind.REASONING ? expected : owner() == ItemKind.MESSAGE ? this : OTHER;
    }

    /** The item that such a part belongs to. */
    ItemKind owner() {
        return this == REASONING || this == SUMMARY ? ItemKind.REASONING : ItemKind.MESSAGE;
    }
}
