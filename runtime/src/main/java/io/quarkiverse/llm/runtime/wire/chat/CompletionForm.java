package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.wire.Ids;

/** What a whole answer and the chunks of a stream write alike. */
final class CompletionForm {

    private CompletionForm() {
    }

    /** The provider's id, where it is one of Chat Completions; else one made up. */
    static String id(String responseId) {
        return responseId.startsWith("chatcmpl") ? responseId : Ids.chatCompletion();
    }

    /** An answer that is not whole says so, whatever it is that is missing: there may be a call among it that was cut. */
    static String finishReason(LlmResponse response) {
        FinishReason reason = response.finishReason();
        if (reason == FinishReason.CONTENT_FILTER) {
            return reason.wireName();
        }
        if (response.status() != ResponseStatus.COMPLETED) {
            return FinishReason.LENGTH.wireName();
        }
        return reason == FinishReason.OTHER ? FinishReason.STOP.wireName() : reason.wireName();
    }

    static void writeUsage(Usage usage, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("prompt_tokens", usage.inputTokens());
        json.writeNumberField("completion_tokens", usage.outputTokens());
        json.writeNumberField("total_tokens", usage.totalTokens());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", usage.cachedInputTokens());
        json.writeNumberField("cache_write_tokens", usage.cacheWriteTokens());
        json.writeEndObject();
        json.writeObjectFieldStart("completion_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoningTokens());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Those of the text; a refusal has none. */
    static void writeLogprobs(Optional<RawJson> logprobs, JsonGenerator json) throws IOException {
        if (logprobs.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        JsonText.write(json, "content", logprobs.get());
        json.writeNullField("refusal");
        json.writeEndObject();
    }
}
