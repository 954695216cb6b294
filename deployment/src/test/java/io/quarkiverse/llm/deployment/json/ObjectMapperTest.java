package io.quarkiverse.llm.deployment.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkus.test.QuarkusUnitTest;

class ObjectMapperTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication();

    @Inject
    ObjectMapper mapper;

    @Test
    void theApplicationsMapperReadsAndWritesTheModel() throws JsonProcessingException {
        LlmRequest request = LlmRequest.of("hello");

        assertThat(mapper.readValue(mapper.writeValueAsString(request), LlmRequest.class).input()).isEqualTo(request.input());
        LlmEvent event = new LlmEvent.TextDelta("item", 0, 0, "hello", Optional.empty());
        assertThat(mapper.readValue(mapper.writeValueAsString(event), LlmEvent.class)).isEqualTo(event);
    }
}
