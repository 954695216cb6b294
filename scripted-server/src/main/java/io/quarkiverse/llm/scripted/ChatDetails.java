package io.quarkiverse.llm.scripted;

/** What a chat completion says besides its content; {@code null} means: derived from request and content. */
record ChatDetails(String id, String model, String finishReason, Usage usage, ReasoningField reasoningField) {

    static final ChatDetails DERIVED = new ChatDetails(null, null, null, null, ReasoningField.REASONING_CONTENT);

    ChatDetails withId(String newId) {
        return new ChatDetails(newId, model, finishReason, usage, reasoningField);
    }

    ChatDetails withModel(String newModel) {
        return new ChatDetails(id, newModel, finishReason, usage, reasoningField);
    }

    ChatDetails withFinishReason(String reason) {
        return new ChatDetails(id, model, reason, usage, reasoningField);
    }

    ChatDetails withUsage(Usage newUsage) {
        return new ChatDetails(id, model, finishReason, newUsage, reasoningField);
    }

    ChatDetails withReasoningField(ReasoningField field) {
        return new ChatDetails(id, model, finishReason, usage, field);
    }
}
