package io.quarkiverse.llm.runtime.wire.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Usage;

class ReceivedUsageTest {

    private static Usage usage(String json) throws IOException {
        byte[] data = ("{\"usage\":" + json + "}").getBytes(UTF_8);
        return ReceivedResponse.of(data, 0, data.length).usage;
    }

    @Test
    void all_counts_are_read() throws IOException {
        assertThat(usage("{\"input_tokens\":31,\"input_tokens_details\":{\"cached_tokens\":5,\"cache_write_tokens\":2},"
                + "\"output_tokens\":40.0,\"output_tokens_details\":{\"reasoning_tokens\":7},\"total_tokens\":72,\"cost\":0.1}"))
                .isEqualTo(new Usage(31, 5, 2, 40, 7, 72));
    }

    @Test
    void the_total_is_the_sum_where_it_is_not_told() throws IOException {
        assertThat(usage("{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":null,\"input_tokens_details\":null}"))
                .isEqualTo(Usage.of(3, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "null", "[]", "{\"total_tokens\":null}", "{\"input_tokens\":\"3\",\"output_tokens\":4}",
            "{\"input_tokens\":3.5}", "{\"input_tokens\":3,\"input_tokens_details\":7}",
            "{\"input_tokens\":3,\"input_tokens_details\":{\"cached_tokens\":true}}" })
    void what_has_no_counts_or_odd_ones_is_no_usage(String json) throws IOException {
        assertThat(usage(json)).isNull();
    }
}
