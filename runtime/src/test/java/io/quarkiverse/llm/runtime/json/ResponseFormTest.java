package io.quarkiverse.llm.runtime.json;

import static io.quarkiverse.llm.runtime.json.Form.assertForm;
import static io.quarkiverse.llm.runtime.json.Form.assertReads;
import static io.quarkiverse.llm.runtime.json.Form.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;

class ResponseFormTest {

    private static final String BEGIN = "{\"id\":\"resp_1\",\"model\":\"m\",\"created_at\":0";

    @Test
    void smallest() {
        assertForm(LlmResponse.builder().id("resp_1").model("gpt-5").createdAt(Instant.ofEpochSecond(1741476542)).build(),
                LlmResponse.class, """
                        {"id":"resp_1","object":"response","created_at":1741476542,"status":"completed","model":"gpt-5",\
                        "output":[],"finish_reason":"stop"}""");
    }

    @Test
    void everything() {
        LlmResponse response = LlmResponse.builder().id("resp_1").model("gpt-5")
                .createdAt(Instant.parse("2025-03-08T23:29:02.000250Z")).completedAt(Instant.ofEpochSecond(1741476550))
                .status(ResponseStatus.INCOMPLETE)
                .item(Message.assistant("The sky").withId("msg_1").withStatus(ItemStatus.INCOMPLETE))
                .finishReason(FinishReason.LENGTH).providerFinishReason("max_tokens").incompleteReason("max_output_tokens")
                .usage(new Usage(10, 4, 2, 20, 15, 30)).error(new ResponseError("server_error", "It broke"))
                .serviceTier("default").previousResponseId("resp_0").conversation("conv_1")
                .metadata(Map.of("b", "2", "a", "1")).extraBody(Map.of("timings", RawJson.of("{\"ms\":1.50}"))).build();
        assertForm(response, LlmResponse.class,
                """
                        {"id":"resp_1","object":"response","created_at":1741476542.00025,"completed_at":1741476550,\
                        "status":"incomplete","model":"gpt-5",\
                        "output":[{"type":"message","id":"msg_1","status":"incomplete","role":"assistant",\
                        "content":[{"type":"output_text","text":"The sky","annotations":[]}]}],\
                        "finish_reason":"length","provider_finish_reason":"max_tokens",\
                        "incomplete_details":{"reason":"max_output_tokens"},\
                        "error":{"code":"server_error","message":"It broke"},\
                        "usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4,"cache_write_tokens":2},\
                        "output_tokens":20,"output_tokens_details":{"reasoning_tokens":15},"total_tokens":30},\
                        "service_tier":"default","previous_response_id":"resp_0","conversation":{"id":"conv_1"},\
                        "metadata":{"a":"1","b":"2"},"extra_body":{"timings":{"ms":1.50}}}""");
    }

    @Test
    void finishReasonIsFoundWhereItIsNotSaid() {
        assertThat(finishReason("")).isEqualTo(FinishReason.STOP);
        assertThat(finishReason(",\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\"}]"))
                .isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(finishReason(",\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}"))
                .isEqualTo(FinishReason.LENGTH);
        assertThat(finishReason(",\"incomplete_details\":{\"reason\":\"content_filter\"}"))
                .isEqualTo(FinishReason.CONTENT_FILTER);
        assertThat(finishReason(",\"status\":\"incomplete\",\"incomplete_details\":null")).isEqualTo(FinishReason.OTHER);
        assertThat(finishReason(",\"finish_reason\":\"eos\"")).isEqualTo(FinishReason.OTHER);
    }

    private static FinishReason finishReason(String more) {
        return Form.read(LlmResponse.class, BEGIN + more + "}").finishReason();
    }

    @Test
    void usageIsCompleted() {
        assertReads(Usage.class, "{\"input_tokens\":1,\"output_tokens\":2}", Usage.of(1, 2));
        assertReads(Usage.class, "{\"total_tokens\":3,\"input_tokens_details\":null}", new Usage(0, 0, 0, 0, 0, 3));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertRefused(LlmResponse.class, "{\"id\":\"resp_1\",\"created_at\":0}", "\"model\" is missing");
        assertRefused(LlmResponse.class, "{\"id\":null,\"model\":\"m\",\"created_at\":0}", "\"id\" is missing");
        assertRefused(LlmResponse.class, BEGIN + ",\"status\":\"done\"}",
                "\"status\" is no status of a response: \"done\"");
        assertRefused(LlmResponse.class, BEGIN + ",\"usage\":{\"input_tokens\":\"1\"}}",
                "\"usage.input_tokens\" must be a number, not a string");
        assertRefused(LlmResponse.class, "{\"id\":\"r\",\"model\":\"m\",\"created_at\":1e999999999}",
                "\"created_at\" is out of range");
        assertRefused(LlmResponse.class, "{\"id\":\"r\",\"model\":\"m\",\"created_at\":1e18}",
                "\"created_at\" is out of range");
    }
}
