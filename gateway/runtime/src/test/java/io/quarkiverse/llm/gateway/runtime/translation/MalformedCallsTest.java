package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;

/** Agents tell the model what is wrong with its arguments, when they hear of them. */
class MalformedCallsTest {

    private static final ToolCall CUT = ToolCall.builder("call_1", "f").id("fc_1").arguments("{'a': 1}")
            .status(ItemStatus.INCOMPLETE).build();
    private final List<LlmEvent> told = new ArrayList<>();
    private final MalformedCalls calls = new MalformedCalls(told::add);

    private static LlmResponse ended(String reason) {
        return LlmResponse.builder().id("resp_1").model("m").createdAt(Instant.EPOCH).status(ResponseStatus.INCOMPLETE)
                .incompleteReason(reason).finishReason(FinishReason.OTHER).providerFinishReason("tool_calls").item(CUT).build();
    }

    private LlmResponse end(String reason) {
        calls.accept(new ItemComplete("fc_1", 0, CUT));
        calls.accept(new ResponseCompleted(ended(reason)));
        return ((ResponseCompleted) told.get(told.size() - 1)).response();
    }

    @Test
    void aCallThatTheServerHasCalledCompleteIsComplete() {
        LlmResponse response = end("invalid_tool_call");
        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(response.incompleteReason()).isEmpty();
        assertThat(response.toolCalls()).singleElement().satisfies(call -> assertThat(call.arguments()).isEqualTo("{'a': 1}"));
        assertThat(told).hasSize(2).first().isEqualTo(new ItemComplete("fc_1", 0, response.output().get(0)));
        assertThat(MalformedCalls.of(ended("invalid_tool_call"))).isEqualTo(response);
    }

    @Test
    void aCallThatALimitHasCutStaysCut() {
        LlmResponse response = end("max_output_tokens");
        assertThat(response).isEqualTo(ended("max_output_tokens"));
        assertThat(told).first().isEqualTo(new ItemComplete("fc_1", 0, CUT));
    }

    @Test
    void aServerThatGivesNoReasonIsNotBelieved() {
        LlmResponse silent = ended("invalid_tool_call").toBuilder().providerFinishReason(null).build();
        assertThat(MalformedCalls.of(silent)).isSameAs(silent);
    }

    @Test
    void whatComesMeanwhileKeepsItsPlace() {
        LlmEvent other = new ItemComplete("msg_1", 1, Message.assistant("So.").withId("msg_1"));
        calls.accept(new ItemComplete("fc_1", 0, CUT));
        calls.accept(other);
        assertThat(told).isEmpty();
        calls.accept(new ResponseCompleted(ended("invalid_tool_call")));
        assertThat(told.subList(0, 2)).map(event -> ((ItemComplete) event).item().status())
                .containsExactly(Optional.of(ItemStatus.COMPLETED), Optional.empty());
        assertThat(told.get(1)).isEqualTo(other);
    }
}
