package io.quarkiverse.llm.runtime.wire.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;

/** The top-level fields of a request that the canonical model has no place for. */
final class ChatFields {

    /** Those that are read. */
    private static final Set<String> READ = Set.of("messages", "model", "max_completion_tokens", "max_tokens", "temperature",
            "top_p", "presence_penalty", "frequency_penalty", "stop", "seed", "logprobs", "top_logprobs", "n", "tools",
            "functions", "function_call", "tool_choice", "parallel_tool_calls", "response_format", "reasoning_effort",
            "verbosity", "store", "metadata", "service_tier", "prompt_cache_key", "safety_identifier", "stream",
            "stream_options");
    /** The others of OpenAI's description of the API. */
    private static final Set<String> OF_API = Set.of("audio", "logit_bias", "modalities", "moderation", "prediction",
            "prompt_cache_options", "prompt_cache_retention", "user", "web_search_options");

    private ChatFields() {
    }

    static Map<String, RawJson> ofApi(JsonFields request) {
        return fields(request, true);
    }

    static Map<String, RawJson> unknown(JsonFields request) {
        return fields(request, false);
    }

    private static Map<String, RawJson> fields(JsonFields request, boolean ofApi) {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        request.toMap().forEach((name, value) -> {
            if (!value.isNull() && !READ.contains(name) && OF_API.contains(name) == ofApi) {
                fields.put(name, value.raw());
            }
        });
        return fields;
    }
}
