package io.quarkiverse.llm.gateway.it;

import static io.quarkiverse.llm.gateway.it.OfficialClient.all;
import static io.quarkiverse.llm.gateway.it.OfficialClient.chatTool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkus.test.junit.QuarkusTest;

/** The official client speaks Chat Completions to the gateway, whatever the provider behind it speaks. */
@QuarkusTest
@WithProviders
class OpenAiJavaChatTest extends OfficialClientTest {

    private static final String CHAT = "scripted";
    private static final String NATIVE = "native/scripted";

    private static ChatCompletionCreateParams.Builder asking(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi");
    }

    private ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        all(client.chat().completions().createStreaming(params.toBuilder()
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build()))
                .forEach(chunk -> accumulator.accumulate(chunk.validate()));
        return accumulator.chatCompletion().validate();
    }

    private ChatCompletion whole(ChatCompletionCreateParams params) {
        return client.chat().completions().create(params).validate();
    }

    private static List<ChatCompletionMessageFunctionToolCall> calls(ChatCompletionMessage message) {
        return message.toolCalls().orElse(List.of()).stream().map(call -> call.asFunction()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void aPlainAnswer(String model) {
        llm.enqueue(Answer.reasoning("Hm").thenText("Hel", "lo").usage(3, 5), Answer.text("Hel", "lo").usage(3, 5));

        for (ChatCompletion completion : List.of(whole(asking(model).build()), streamed(asking(model).build()))) {
            assertThat(completion.choices().get(0).message().content()).contains("Hello");
            assertThat(completion.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void parallelCallsAndTheirOutputs(String model) {
        for (boolean stream : new boolean[] { true, false }) {
            llm.reset();
            llm.enqueue(Answer.toolCall("call_1", "weather", "{\"city\":", "\"Oslo\"}").thenToolCall("call_2", "clock", "{}"),
                    Answer.text("Rain at noon"));
            ChatCompletionCreateParams.Builder request = asking(model).addTool(chatTool("weather")).addTool(chatTool("clock"));

            ChatCompletion turn = stream ? streamed(request.build()) : whole(request.build());

            ChatCompletionMessage message = turn.choices().get(0).message();
            assertThat(turn.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
            assertThat(calls(message)).extracting(call -> call.function().name()).containsExactly("weather", "clock");
            assertThat(calls(message)).extracting(call -> call.function().arguments())
                    .containsExactly("{\"city\":\"Oslo\"}", "{}");

            request.addMessage(message);
            calls(message).forEach(call -> request.addMessage(ChatCompletionToolMessageParam.builder().toolCallId(call.id())
                    .content(call.function().name().equals("clock") ? "noon" : "12 degrees").build()));
            ChatCompletion second = stream ? streamed(request.build()) : whole(request.build());

            assertThat(second.choices().get(0).message().content()).contains("Rain at noon");
            llm.takeRequest();
            assertThat(llm.takeRequest().body()).contains("call_1", "12 degrees", "call_2", "noon");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void anAnswerInTheFormOfAClass(String model) {
        llm.enqueue(Answer.text("{\"name\":\"Oslo\",", "\"inhabitants\":700000}"));
        StructuredChatCompletionCreateParams<City> params = asking(model).responseFormat(City.class).build();

        City city = client.chat().completions().create(params).choices().get(0).message().content().orElseThrow();

        assertThat(city.name).isEqualTo("Oslo");
        assertThat(llm.takeRequest().body()).contains("json_schema", "inhabitants");
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void anAnswerInTheFormOfASchema(String model) {
        llm.enqueue(Answer.text("{\"name\":\"Oslo\"}"));
        ResponseFormatJsonSchema format = ResponseFormatJsonSchema.builder().jsonSchema(ResponseFormatJsonSchema.JsonSchema
                .builder().name("city").strict(true)
                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("name", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("name")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false)).build())
                .build()).build();

        ChatCompletion completion = streamed(asking(model).responseFormat(format).build());

        assertThat(completion.choices().get(0).message().content()).contains("{\"name\":\"Oslo\"}");
        assertThat(llm.takeRequest().body()).contains("json_schema", "additionalProperties");
    }
}
