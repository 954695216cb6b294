package io.quarkiverse.llm.gateway.runtime.seal;

/** What sealed content is. One kind cannot be passed off as another. */
public enum Purpose {

    /** The reasoning of a model. */
    REASONING("reasoning"),
    /** What a conversation was shortened to. */
    COMPACTION("compaction");

    /** Part of what is authenticated: another name, and nothing that was sealed before can be opened. */
    final String label;

    Purpose(String label) {
        this.label = label;
    }
}
