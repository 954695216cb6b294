package io.quarkiverse.llm.gateway.it;

import static io.quarkiverse.llm.gateway.it.OfficialClient.all;
import static io.quarkiverse.llm.gateway.it.OfficialClient.tool;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.openai.core.JsonValue;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseTextConfig;
import com.openai.models.responses.StructuredResponseCreateParams;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkus.test.junit.QuarkusTest;

/** The official client speaks the Responses API to the gateway, whatever the provider behind it speaks. */
@QuarkusTest
@WithProviders
class OpenAiJavaResponsesTest extends OfficialClientTest {

    private static final String CHAT = "scripted";
    private static final String NATIVE = "native/scripted";

    private static ResponseCreateParams.Builder asking(String model) {
        return ResponseCreateParams.builder().model(model).input("Hi");
    }

    private Response streamed(ResponseCreateParams params) {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        all(client.responses().createStreaming(params)).forEach(event -> accumulator.accumulate(event.validate()));
        return accumulator.response().validate();
    }

    private static String text(Response response) {
        return response.output().stream().flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream()).map(content -> content.asOutputText().text())
                .collect(Collectors.joining());
    }

    private static List<ResponseFunctionToolCall> calls(Response response) {
        return response.output().stream().filter(ResponseOutputItem::isFunctionCall).map(ResponseOutputItem::asFunctionCall)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void aPlainAnswer(String model) {
        llm.enqueue(Answer.reasoning("Hm").thenText("Hel", "lo").usage(3, 5));

        Response response = client.responses().create(asking(model).build()).validate();

        assertThat(text(response)).isEqualTo("Hello");
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void aStreamedAnswer(String model) {
        llm.enqueue(Answer.reasoning("Hm").thenText("Hel", "lo").usage(3, 5));

        List<ResponseStreamEvent> events = all(client.responses().createStreaming(asking(model).build()));

        events.forEach(ResponseStreamEvent::validate);
        assertThat(events.stream().filter(ResponseStreamEvent::isOutputTextDelta)
                .map(event -> event.asOutputTextDelta().delta())).containsExactly("Hel", "lo");
        Response response = events.get(events.size() - 1).asCompleted().response();
        assertThat(text(response)).isEqualTo("Hello");
        assertThat(response.output().get(0).reasoning().orElseThrow().summary().get(0).text()).isEqualTo("Hm");
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void anAnswerThatALimitHasCut(String model) {
        llm.enqueue(Answer.text("Once upon a").finishReason("length"));

        Response response = streamed(asking(model).build());

        assertThat(response.status()).contains(ResponseStatus.INCOMPLETE);
        assertThat(response.incompleteDetails().orElseThrow().reason().orElseThrow())
                .isEqualTo(Response.IncompleteDetails.Reason.MAX_OUTPUT_TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void parallelCallsAndTheirOutputs(String model) {
        for (boolean stream : new boolean[] { true, false }) {
            llm.reset();
            llm.enqueue(Answer.toolCall("call_1", "weather", "{\"city\":", "\"Oslo\"}").thenToolCall("call_2", "clock", "{}"),
                    Answer.text("Rain at noon"));
            ResponseCreateParams first = asking(model).addTool(tool("weather")).addTool(tool("clock")).parallelToolCalls(true)
                    .build();

            Response turn = stream ? streamed(first) : client.responses().create(first).validate();

            assertThat(calls(turn)).extracting(ResponseFunctionToolCall::name).containsExactly("weather", "clock");
            assertThat(calls(turn)).extracting(ResponseFunctionToolCall::arguments).containsExactly("{\"city\":\"Oslo\"}",
                    "{}");

            ResponseCreateParams second = ResponseCreateParams.builder().model(model).inputOfResponse(history(turn))
                    .addTool(tool("weather")).addTool(tool("clock")).build();
            assertThat(text(stream ? streamed(second) : client.responses().create(second).validate()))
                    .isEqualTo("Rain at noon");

            llm.takeRequest();
            RecordedRequest sent = llm.takeRequest();
            assertThat(sent.body()).contains("call_1", "12 degrees", "call_2", "noon");
        }
    }

    private static List<ResponseInputItem> history(Response turn) {
        List<ResponseInputItem> items = new ArrayList<>();
        items.add(ResponseInputItem.ofEasyInputMessage(
                EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content("Hi").build()));
        calls(turn).forEach(call -> items.add(ResponseInputItem.ofFunctionCall(call)));
        Map<String, String> outputs = Map.of("weather", "12 degrees", "clock", "noon");
        calls(turn).forEach(call -> items.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput
                .builder().callId(call.callId()).output(outputs.get(call.name())).build())));
        return items;
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void anAnswerInTheFormOfAClass(String model) {
        llm.enqueue(Answer.text("{\"name\":\"Oslo\",", "\"inhabitants\":700000}"));
        StructuredResponseCreateParams<City> params = asking(model).text(City.class).build();

        City city = client.responses().create(params).output().stream().flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream()).map(content -> content.asOutputText()).findFirst()
                .orElseThrow();

        assertThat(city.name).isEqualTo("Oslo");
        assertThat(city.inhabitants).isEqualTo(700_000);
        assertThat(llm.takeRequest().body()).contains("json_schema", "inhabitants");
    }

    @ParameterizedTest
    @ValueSource(strings = { CHAT, NATIVE })
    void anAnswerInTheFormOfASchema(String model) {
        llm.enqueue(Answer.text("{\"name\":\"Oslo\"}"));
        ResponseFormatTextJsonSchemaConfig format = ResponseFormatTextJsonSchemaConfig.builder().name("city").strict(true)
                .schema(ResponseFormatTextJsonSchemaConfig.Schema.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("name", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("name")))
                        .putAdditionalProperty("additionalProperties", JsonValue.from(false)).build())
                .build();

        Response response = streamed(asking(model).text(ResponseTextConfig.builder().format(format).build()).build());

        assertThat(text(response)).isEqualTo("{\"name\":\"Oslo\"}");
        assertThat(llm.takeRequest().body()).contains("json_schema", "additionalProperties");
    }
}
