package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Usage;

/** A turn that tests spoil the stream of, and what must come of it nevertheless. */
final class SpoiltTurn {

    private SpoiltTurn() {
    }

    static OfficialStream stream() {
        return new OfficialStream().reasoning("rs_1", "Rain", "?").message("msg_1", "Let me ", "look.")
                .call("fc_1", "call_a", "weather", "{\"city\"", ":\"Oslo\"}")
                .call("fc_2", "call_b", "clock", "{\"zone\":", "\"CET\"}").complete();
    }

    /** That the answer is what it should be. */
    static Map<Repair, Integer> repairs(OfficialStream stream) {
        Decoding decoding = new Decoding();
        LlmResponse response = decoding.whole(stream.payloads());
        assertThat(response.reasoningText()).isEqualTo("Rain?");
        assertThat(response.text()).isEqualTo("Let me look.");
        assertThat(response.toolCalls()).extracting(call -> call.name() + call.arguments())
                .containsExactly("weather{\"city\":\"Oslo\"}", "clock{\"zone\":\"CET\"}");
        assertThat(response.status()).isEqualTo(ResponseStatus.COMPLETED);
        assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(response.usage()).contains(Usage.of(7, 9));
        assertThat(response.output()).hasSize(4);
        return response.repairs();
    }

    static Set<Repair> kinds(OfficialStream stream) {
        return repairs(stream).keySet();
    }
}
