package io.quarkiverse.llm.gateway.runtime.translation;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * What only a server that keeps responses can do. Where the provider is asked in Chat Completions nobody keeps any,
 * and a server that is asked for them all the same would answer of routes that the client knows nothing of.
 */
final class StoredByNobody {

    private StoredByNobody() {
    }

    /**
     * @throws InvalidRequestException when the request cannot be answered without
     */
    static void refuse(LlmRequest request, ProviderTraits target) {
        if (!target.isChat()) {
            return;
        }
        String field = request.previousResponseId().isPresent() ? "previous_response_id"
                : request.conversation().isPresent() ? "conversation"
                        : request.background().orElse(false) ? "background" : null;
        if (field != null) {
            throw new InvalidRequestException("The provider of this model keeps no responses, so that " + field
                    + " cannot be honoured: send the whole conversation as input", field, "unsupported_value");
        }
    }
}
