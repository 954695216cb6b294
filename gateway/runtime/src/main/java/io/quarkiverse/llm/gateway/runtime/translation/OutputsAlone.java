package io.quarkiverse.llm.gateway.runtime.translation;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/**
 * An input that has nothing but outputs of calls that nobody knows. There is no conversation in it that a refusal could end:
 * the client has left something out, and is told what, as OpenAI's servers do.
 */
final class OutputsAlone {

    private OutputsAlone() {
    }

    /**
     * @throws InvalidRequestException for such an input
     */
    static void refuse(LlmRequest request, WireApi client) {
        boolean alone = !request.input().isEmpty() && request.input().stream().allMatch(ToolOutput.class::isInstance);
        if (alone && !ProviderTraits.isKeptByServer(request)) {
            ToolOutput first = (ToolOutput) request.input().get(0);
            boolean chat = client == WireApi.CHAT_COMPLETIONS;
            throw new InvalidRequestException("No tool call found for the tool output with call_id " + Brief.of(first.callId())
                    + ". Send the call before its output"
                    + (chat ? "" : ", or previous_response_id of the response that has it"),
                    chat ? "messages" : "input", "invalid_value");
        }
    }
}
