package io.quarkiverse.llm.runtime.wire.chat;

import java.util.Locale;
import java.util.Objects;

import io.quarkiverse.llm.FinishReason;

/**
 * Why a response ended.
 *
 * @param reason in common terms
 * @param word what the server said; {@code null} when it said nothing
 * @param incompleteReason why the answer is not whole; {@code null} when it is
 */
record ResponseEnding(FinishReason reason, String word, String incompleteReason) {

    /** The stream is over and nobody said why. */
    static final ResponseEnding UNSAID = new ResponseEnding(FinishReason.STOP, null, null);

    public ResponseEnding {
        Objects.requireNonNull(reason, "reason");
    }

    /** The meaning of a {@code finish_reason} of Chat Completions, with the words of servers other than OpenAI. */
    public static ResponseEnding ofFinishReason(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete" -> whole(FinishReason.STOP, word);
            case "tool_calls", "function_call", "tool_use" -> whole(FinishReason.TOOL_CALLS, word);
            // model_length: Mistral, when the context window is full.
            case "length", "max_tokens", "model_length" -> new ResponseEnding(FinishReason.LENGTH, word, "max_output_tokens");
            case "content_filter" -> new ResponseEnding(FinishReason.CONTENT_FILTER, word, "content_filter");
            // DeepSeek and vLLM, when the server itself gave up in the middle.
            case "insufficient_system_resource", "abort" -> new ResponseEnding(FinishReason.OTHER, word, word);
            default -> whole(FinishReason.OTHER, word);
        };
    }

    private static ResponseEnding whole(FinishReason reason, String word) {
        return new ResponseEnding(reason, word, null);
    }

    /** Whether the model was stopped in the middle, so that what is open is not whole. */
    public boolean isCut() {
        return incompleteReason != null;
    }
}
