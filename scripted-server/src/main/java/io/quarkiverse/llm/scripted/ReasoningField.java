package io.quarkiverse.llm.scripted;

/** The field of a message or delta in which a server puts reasoning text. */
public enum ReasoningField {

    /** {@code reasoning_content}: DeepSeek, llama.cpp, xAI, Alibaba, Moonshot. The default. */
    REASONING_CONTENT("reasoning_content"),

    /** {@code reasoning}: OpenRouter, Groq, Ollama, current vLLM. */
    REASONING("reasoning");

    private final String key;

    ReasoningField(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
