package io.quarkiverse.llm.runtime.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;

/** What the application has set of its mapper, and what it keeps. */
class BindingMapperTest {

    record Day(LocalDate day) {
    }

    record Count(int count) {
    }

    record Tags(List<String> tags) {
    }

    /** Cannot be copied. */
    @SuppressWarnings("serial")
    static class OwnMapper extends ObjectMapper {
    }

    private static <T> T read(ObjectMapper mapper, Class<T> type, String text) {
        LlmResponse response = LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH)
                .item(Message.assistant(text)).build();
        return new TypeCatalog(() -> mapper, Map.of()).of(type).read("local", response);
    }

    @Test
    void theMapperOfTheApplicationStaysAsItIs() throws JsonProcessingException {
        ObjectMapper mapper = TypeCatalog.plainMapper();

        assertThatExceptionOfType(LlmDecodeException.class).isThrownBy(() -> read(mapper, Day.class, "{\"day\": \"\"}"));

        assertThat(mapper.readValue("{\"day\": \"\"}", Day.class)).isEqualTo(new Day(null));
        assertThat(mapper.getFactory().getCodec()).isSameAs(mapper);
    }

    @Test
    void whatTheApplicationForbidsStaysForbidden() {
        ObjectMapper mapper = TypeCatalog.plainMapper().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

        assertThatExceptionOfType(LlmDecodeException.class)
                .isThrownBy(() -> read(mapper, Count.class, "{\"count\": 5.0}"))
                .satisfies(failure -> assertThat(failure.path()).contains("$.count"));
    }

    @Test
    void whatTheApplicationLetsStandForAListDoes() {
        ObjectMapper mapper = TypeCatalog.plainMapper().enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);

        assertThat(read(mapper, Tags.class, "{\"tags\": \"one\"}")).isEqualTo(new Tags(List.of("one")));
    }

    @Test
    void wordsAroundTheAnswerAreNoTrailingTokens() {
        ObjectMapper mapper = TypeCatalog.plainMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        assertThat(read(mapper, Count.class, "It is {\"count\": 5}, I think.")).isEqualTo(new Count(5));
    }

    @Test
    void aMapperThatCannotBeCopiedDoesAsWell() {
        assertThat(read(new OwnMapper(), Count.class, "{\"count\": 5}")).isEqualTo(new Count(5));
    }
}
