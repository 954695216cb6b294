package io.quarkiverse.llm.guides.testing;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.smallrye.mutiny.Multi;

// tag::forecast[]
@ApplicationScoped
public class Forecast {

    static final Tool THERMOMETER = Tool.function("thermometer", "Tells the temperature in a city", RawJson.of("""
            {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
            """));

    private final LlmProvider llm;

    Forecast(@LlmClient LlmProvider llm) {
        this.llm = llm;
    }

    /** As a whole, with a tool. */
    public String of(String city) {
        LlmRequest request = LlmRequest.builder().instructions("Be brief.")
                .user("How is the weather in " + city + "?").tool(THERMOMETER).build();
        try {
            LlmResponse response = llm.completeAndAwait(request);
            if (!response.toolCalls().isEmpty()) {
                LlmRequest.Builder next = request.toBuilder().append(response);
                for (ToolCall call : response.toolCalls()) {
                    next.toolOutput(call.callId(), "21 degrees");
                }
                response = llm.completeAndAwait(next.build());
            }
            return response.text();
        } catch (LlmException e) {
            return "No forecast today.";
        }
    }

    /** Word by word. */
    public Multi<String> tell(String city) {
        return llm.streamText(LlmRequest.of("How is the weather in " + city + "?"));
    }
}
// end::forecast[]
