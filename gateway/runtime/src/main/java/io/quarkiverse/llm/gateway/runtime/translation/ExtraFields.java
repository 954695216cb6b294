package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** What becomes of the fields of a body that the canonical model does not have. */
final class ExtraFields {

    /** Whether an answer comes in events is between client and gateway on one side, gateway and provider on the other. */
    private static final Set<String> OF_EACH_SIDE = Set.of("stream", "stream_options");

    /** Nothing of the answer depends on these, and agents send some of them with each request. */
    private static final Set<String> OF_NO_WEIGHT = Set.of("client_metadata", "user", "reasoning", "prompt_cache_retention",
            "prompt_cache_options", "context_management", "moderation", "access_programs", "generate");

    private ExtraFields() {
    }

    /**
     * @param sameApi whether the provider is spoken to in the client's wire API
     * @param passThrough the unknown fields that go on
     */
    static void add(ReceivedRequest received, boolean sameApi, Set<String> passThrough, LlmRequest.Builder request,
            Notes notes) {
        for (Map.Entry<String, RawJson> field : received.apiFields().entrySet()) {
            if (OF_EACH_SIDE.contains(field.getKey())) {
                continue;
            } else if (sameApi || passThrough.contains(field.getKey())) {
                request.extraBody(field.getKey(), field.getValue());
            } else if (!OF_NO_WEIGHT.contains(field.getKey())) {
                notes.add(field.getKey(),
                        "The field " + field.getKey() + " was ignored: the wire API of the provider does not have it");
            }
        }
        for (Map.Entry<String, RawJson> field : received.unknownFields().entrySet()) {
            if (passThrough.contains(field.getKey()) && !OF_EACH_SIDE.contains(field.getKey())) {
                request.extraBody(field.getKey(), field.getValue());
            } else {
                notes.add(field.getKey(), "The field " + field.getKey() + " is unknown and was ignored");
            }
        }
    }
}
