package io.quarkiverse.llm.gateway.runtime.state;

/**
 * Where everything is kept that requests go on with.
 */
public record Kept(ResponseStore responses, ConversationStore conversations) {
}
