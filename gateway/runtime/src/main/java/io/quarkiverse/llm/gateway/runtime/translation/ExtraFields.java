package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** What becomes of the fields of a body that the canonical model does not have. */
final class ExtraFields {

    /** Whether an answer comes in events is between client and gateway on one side, gateway and provider on the other. */
    private static final Set<String> OF_EACH_SIDE = Set.of("stream", "stream_options");

    /** They mean something over a WebSocket alone. */
    private static final Set<String> OF_WEB_SOCKET = Set.of("generate", "stream_id");

    /**
     * Nothing of the answer depends on these, and agents send some of them with each request. The {@code modalities} are text,
     * as others are refused before.
     */
    private static final Set<String> OF_NO_WEIGHT = Set.of("client_metadata", "user", "reasoning", "prompt_cache_retention",
            "prompt_cache_options", "context_management", "modalities");

    /** The template of the conversation, which lies with the server: to go on without it would answer something else. */
    private static final String PROMPT = "prompt";

    private ExtraFields() {
    }

    /**
     * @param sameApi whether the provider is spoken to in the client's wire API
     * @param passThrough the unknown fields that go on
     * @throws InvalidRequestException when the client demands what the wire API of the provider does not have
     */
    static void add(ReceivedRequest received, boolean sameApi, Set<String> passThrough, LlmRequest.Builder request,
            Notes notes) {
        for (Map.Entry<String, RawJson> field : received.apiFields().entrySet()) {
            if (OF_EACH_SIDE.contains(field.getKey())) {
                continue;
            } else if (OF_WEB_SOCKET.contains(field.getKey())) {
                ofWebSocket(field.getKey(), field.getValue(), received, notes);
            } else if (sameApi || passThrough.contains(field.getKey())) {
                request.extraBody(field.getKey(), field.getValue());
            } else if (field.getKey().equals(PROMPT)) {
                throw new InvalidRequestException("\"prompt\" is not supported: this model is reached over Chat Completions,"
                        + " which has no templates of prompts. Send what the template says as instructions and input",
                        PROMPT, "unsupported_value");
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

    private static void ofWebSocket(String name, RawJson value, ReceivedRequest received, Notes notes) {
        if (!name.equals("generate") || !value.text().strip().equals("false")) {
            return;
        }
        LlmRequest asked = received.request();
        if (asked.input().isEmpty() && asked.instructions().isEmpty() && !ProviderTraits.isKeptByServer(asked)
                && !received.apiFields().containsKey(PROMPT)) {
            throw new InvalidRequestException("\"input\" is missing: a request over HTTP is answered, also with"
                    + " \"generate\": false", "input", "missing_required_parameter");
        }
        notes.add(name, "The field generate was ignored: requests over HTTP are answered");
    }
}
