package io.quarkiverse.llm.runtime.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;

/**
 * A request as a client has sent it.
 *
 * @param request what it asks, as far as the model knows it; the model's name is the client's, and none
 *        where that is blank
 * @param stream whether the answer shall come in events
 * @param includeUsage whether these shall end with the usage, where that is a matter of choice
 * @param apiFields the top-level fields that its wire API knows and {@link LlmRequest} does not: of use to servers of the same
 *        wire API alone
 * @param unknownFields the other top-level fields, which no description of the wire API has
 * @param degradations what could not be taken as it was
 */
public record ReceivedRequest(LlmRequest request, boolean stream, boolean includeUsage, Map<String, RawJson> apiFields,
        Map<String, RawJson> unknownFields, List<Degradation> degradations) {

    public ReceivedRequest {
        // some clients send a blank name for none
        request = request.model().filter(String::isBlank).isEmpty() ? request : request.toBuilder().model(null).build();
        apiFields = Collections.unmodifiableMap(new LinkedHashMap<>(apiFields));
        unknownFields = Collections.unmodifiableMap(new LinkedHashMap<>(unknownFields));
        degradations = List.copyOf(degradations);
    }

    /** The same with another request in it. */
    public ReceivedRequest withRequest(LlmRequest other) {
        return new ReceivedRequest(other, stream, includeUsage, apiFields, unknownFields, degradations);
    }
}
