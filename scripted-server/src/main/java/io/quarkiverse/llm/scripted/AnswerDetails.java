package io.quarkiverse.llm.scripted;

/** What a chat completion says besides its content; {@code null} means: derived from request and content. */
record AnswerDetails(String id, String model, String finishReason, Usage usage, ReasoningField reasoningField) {

    static final AnswerDetails DERIVED = new AnswerDetails(null, null, null, null, ReasoningField.REASONING_CONTENT);

    AnswerDetails withId(String newId) {
        return new AnswerDetails(newId, model, finishReason, usage, reasoningField);
    }

    AnswerDetails withModel(String newModel) {
        return new AnswerDetails(id, newModel, finishReason, usage, reasoningField);
    }

    AnswerDetails withFinishReason(String reason) {
        return new AnswerDetails(id, model, reason, usage, reasoningField);
    }

    AnswerDetails withUsage(Usage newUsage) {
        return new AnswerDetails(id, model, finishReason, newUsage, reasoningField);
    }

    AnswerDetails withReasoningField(ReasoningField field) {
        return new AnswerDetails(id, model, finishReason, usage, field);
    }
}
