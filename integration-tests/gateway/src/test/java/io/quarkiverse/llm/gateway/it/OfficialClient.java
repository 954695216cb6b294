package io.quarkiverse.llm.gateway.it;

import java.net.URL;
import java.util.List;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.responses.FunctionTool;

/** The official client, which looks at each answer as a whole before it hands it on. */
final class OfficialClient {

    private static final JsonValue PROPERTIES = JsonValue.from(java.util.Map.of("city", java.util.Map.of("type", "string")));

    private OfficialClient() {
    }

    static OpenAIClient of(URL application) {
        return OpenAIOkHttpClient.builder().baseUrl(application + "v1").apiKey("anything").maxRetries(0)
                .responseValidation(true).build();
    }

    static FunctionTool tool(String name) {
        return FunctionTool.builder().name(name).description("Does " + name).strict(false)
                .parameters(FunctionTool.Parameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", PROPERTIES).build())
                .build();
    }

    static ChatCompletionFunctionTool chatTool(String name) {
        return ChatCompletionFunctionTool.builder().function(FunctionDefinition.builder().name(name)
                .description("Does " + name)
                .parameters(FunctionParameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", PROPERTIES).build())
                .build()).build();
    }

    /** All events, to the end of the stream. */
    static <T> List<T> all(StreamResponse<T> stream) {
        try (stream) {
            return stream.stream().toList();
        }
    }
}
