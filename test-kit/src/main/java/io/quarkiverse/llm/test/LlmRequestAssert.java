package io.quarkiverse.llm.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.json.LlmJacksonModule;

/** Assertions on a request as the application made it. Its fields are those of its JSON form. */
public final class LlmRequestAssert extends AbstractConversationAssert<LlmRequestAssert, LlmRequest> {

    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new LlmJacksonModule());

    LlmRequestAssert(LlmRequest actual) {
        super(actual, LlmRequestAssert.class);
    }

    @Override
    Conversation conversation() {
        return Conversation.of(actual);
    }

    @Override
    Object field(String pointer) {
        return Json.at(pointer, Json.object(json()));
    }

    @Override
    String json() {
        try {
            return MAPPER.writeValueAsString(actual);
        } catch (JsonProcessingException e) {
            throw new AssertionError("The request has no JSON form: " + e.getMessage(), e);
        }
    }

    /** It asks for this model itself, whatever is configured. */
    public LlmRequestAssert hasModel(String model) {
        isNotNull();
        return hasModel(model, actual.model().orElse(null));
    }
}
