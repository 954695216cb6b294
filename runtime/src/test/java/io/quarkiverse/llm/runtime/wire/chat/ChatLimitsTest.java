package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.config.TestSettings;

/** What is refused of a request, and what is left out of it. */
class ChatLimitsTest {

    private static Optional<String> unsupported(LlmRequest.Builder request, GenerationOptions configured) {
        return new ChatCodec(TestSettings.of("http://localhost/v1").options(configured).build())
                .unsupported(request.user("Hi").build());
    }

    private static Optional<String> unsupported(LlmRequest.Builder request) {
        return unsupported(request, GenerationOptions.builder().build());
    }

    @Test
    void aSummaryOfTheReasoningIsRefusedWhenTheRequestAsksForIt() {
        assertThat(unsupported(LlmRequest.builder().reasoningSummary("auto"))).contains("a summary of the reasoning");
    }

    @Test
    void aServerWithAFieldForItIsAskedInTheExtraBody() {
        assertThat(unsupported(LlmRequest.builder().reasoningSummary("auto").extraBody("reasoning", RawJson.of("{}"))))
                .isEmpty();
    }

    @Test
    void aSummaryThatTheConfigurationWishesForIsLeftOut() {
        assertThat(unsupported(LlmRequest.builder(), GenerationOptions.builder().reasoningSummary("auto").build())).isEmpty();
    }

    @Test
    void aLimitForToolsOfTheServerIsLeftOut() {
        assertThat(unsupported(LlmRequest.builder().maxToolCalls(3))).isEmpty();
    }
}
