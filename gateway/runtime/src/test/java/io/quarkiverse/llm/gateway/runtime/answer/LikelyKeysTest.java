package io.quarkiverse.llm.gateway.runtime.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikelyKeysTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Incorrect API key provided: sk-abc123. You can find yours at | Incorrect API key provided: ***. You can find yours at",
            "Incorrect API key provided: sk-proj-********wxyz. | Incorrect API key provided: ***.",
            "Incorrect API key provided: abc123def. | Incorrect API key provided: ***",
            "no such key: 'sk-ant-api03-x_y-z' (org 3) | no such key: '***' (org 3)",
            "Authorization: Bearer abcdef.ghijkl was refused | Authorization: Bearer *** was refused",
            "token eyJhbGciOi.eyJzdWIiOiI.x-_y expired | token *** expired",
            "GET https://x.test/v1?api_key=abc&b=c failed | GET https://x.test/v1?api_key=***&b=c failed",
            "AIzaSyA1234567890 is restricted | *** is restricted",
            "hf_abcdefghijklm is wrong, gsk_abcdefghijklm too | *** is wrong, *** too" })
    void whatLooksLikeAKeyIsHidden(String text, String masked) {
        assertThat(LikelyKeys.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = { "The model 'gpt-5-mini' does not exist.", "Missing API key: send one as bearer token",
            "You didn't provide an API key.", "max_tokens=4096 is too large", "task-failed, risk-averse, ask-me-anything",
            "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.",
            "Invalid basic format of tool call call_abc123", "" })
    void whatASentenceIsMadeOfStays(String text) {
        assertThat(LikelyKeys.mask(text)).isEqualTo(text);
    }
}
