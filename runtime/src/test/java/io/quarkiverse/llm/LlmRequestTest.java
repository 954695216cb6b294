package io.quarkiverse.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class LlmRequestTest {

    private static final ToolCall CALL = ToolCall.builder("call_1", "weather").id("fc_1").arguments("{ }").build();
    private static final LlmResponse RESPONSE = LlmResponse.builder().id("resp_1").model("m").createdAt(Instant.EPOCH)
            .item(new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of("short"), List.of("long"), Optional.of("enc")))
            .item(Message.of(Role.ASSISTANT, List.of(Content.text("I look."), new Content.Refusal("But not there."))))
            .item(CALL).build();

    @Test
    void a_response_becomes_the_next_input_in_one_line_and_loses_nothing() {
        LlmRequest first = LlmRequest.of("Rain?");

        LlmRequest next = first.toBuilder().append(RESPONSE).toolOutput("call_1", "wet").build();

        assertThat(next.input().get(0)).isEqualTo(Message.user("Rain?"));
        assertThat(next.input().subList(1, 4)).isEqualTo(RESPONSE.output());
        assertThat(next.input().get(4)).isEqualTo(ToolOutput.of("call_1", "wet"));
        assertThat(first.input()).hasSize(1);
    }

    @Test
    void the_output_of_a_custom_call_is_of_its_kind() {
        LlmRequest request = LlmRequest.builder().item(ToolCall.custom("c", "sql", "SELECT 1")).toolOutput("c", "1").build();

        assertThat(((ToolOutput) request.input().get(1)).kind()).isEqualTo(ToolCall.Kind.CUSTOM);
    }

    @Test
    void a_builder_of_a_request_holds_all_of_it() {
        LlmRequest request = LlmRequest.builder().model("m").instructions("i").user("u").tool(Tool.function("f", "d"))
                .toolChoice(ToolChoice.AUTO).temperature(0.5).stop("a").reasoningEffort("low").include("x")
                .metadata("k", "v").extraBody("top_k", RawJson.of("1")).extraHeader("h", "v").apiKey(Secret.of("s"))
                .timeout(Duration.ofSeconds(1)).previousResponseId("p").conversation("c").orderingKey("o").store(true)
                .background(false)
                .truncation("auto").promptCacheKey("pck").safetyIdentifier("sid").serviceTier("flex")
                .outputFormat(OutputFormat.JSON).build();

        assertThat(request.toBuilder().build()).isEqualTo(request).hasSameHashCodeAs(request);
    }

    @Test
    void a_builder_that_goes_on_does_not_change_what_it_has_built() {
        LlmRequest.Builder builder = LlmRequest.builder().user("a");
        LlmRequest built = builder.build();

        builder.user("b").temperature(1.0);

        assertThat(built.input()).hasSize(1);
        assertThat(built.options().temperature()).isEmpty();
    }

    @Test
    void options_of_a_request_win_over_defaults() {
        GenerationOptions said = GenerationOptions.builder().temperature(0.9).build();
        GenerationOptions defaults = GenerationOptions.builder().temperature(0.1).stop("x").build();

        assertThat(said.orElse(defaults)).isEqualTo(GenerationOptions.builder().temperature(0.9).stop("x").build());
        assertThat(GenerationOptions.NONE.orElse(defaults)).isEqualTo(defaults);
        assertThat(said.orElse(GenerationOptions.NONE)).isSameAs(said);
    }

    @Test
    void nothing_shows_a_secret_or_what_was_said() {
        LlmRequest request = LlmRequest.builder().user("private").apiKey(Secret.of("sk-1")).extraHeader("x", "sk-2").build();

        assertThat(request.toString()).doesNotContain("sk-").doesNotContain("private");
        assertThat(request.apiKey()).hasToString("Optional[***]");
    }

    @Test
    void an_incomplete_call_is_in_the_output_but_not_among_the_calls() {
        LlmResponse response = LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH).item(CALL)
                .item(CALL.toBuilder().status(ItemStatus.INCOMPLETE).build()).build();

        assertThat(response.output()).hasSize(2);
        assertThat(response.toolCalls()).containsExactly(CALL);
    }

    @Test
    void a_response_sums_up_what_it_says() {
        assertThat(RESPONSE.text()).isEqualTo("I look.");
        assertThat(RESPONSE.refusal()).contains("But not there.");
        assertThat(RESPONSE.reasoningText()).isEqualTo("long");
    }
}
