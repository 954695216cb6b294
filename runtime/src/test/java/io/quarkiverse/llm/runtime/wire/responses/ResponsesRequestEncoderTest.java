package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.Bodies.body;
import static io.quarkiverse.llm.runtime.wire.responses.Bodies.input;
import static io.quarkiverse.llm.runtime.wire.responses.Bodies.settings;
import static io.quarkiverse.llm.runtime.wire.responses.Bodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class ResponsesRequestEncoderTest {

    private static final RawJson SCHEMA = RawJson.of("{ \"type\": \"object\", \"minimum\": 1.0 }");
    private static final Tool WEATHER = Tool.function("weather", "Weather of a city", SCHEMA).withStrict(true);

    private static LlmRequest.Builder request() {
        return LlmRequest.builder();
    }

    private static LlmRequest.Builder hi() {
        return request().user("Hi");
    }

    /** What follows the input of a request that says just {@code Hi}. */
    private static String fields(LlmRequest.Builder request) {
        String text = text(request);
        String start = "{\"model\":\"configured-model\",\"input\":[{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":\"Hi\"}]";
        assertThat(text).startsWith(start).endsWith("}");
        String fields = text.substring(start.length(), text.length() - 1);
        return fields.isEmpty() ? fields : fields.substring(1);
    }

    @Test
    void theSmallestRequestIsModelAndMessage() {
        assertThat(fields(hi())).isEmpty();
    }

    @Test
    void theModelOfTheRequestWinsOverTheConfiguredOne() {
        assertThat(body(hi().model("m")).getString("model")).isEqualTo("m");
    }

    @Test
    void onlyAStreamSaysThatItIsOne() {
        byte[] stream = new ResponsesRequestEncoder(settings(Preset.OPENAI).build()).encode(LlmRequest.of("Hi"), true);

        assertThat(new String(stream)).endsWith(",\"stream\":true}");
    }

    @Test
    void everyOptionHasItsField() {
        assertThat(fields(hi().temperature(0.5).topP(0.9).maxOutputTokens(99L).maxToolCalls(4).topLogprobs(3)
                .reasoningEffort("low").reasoningSummary("auto").verbosity("high")))
                .isEqualTo("\"temperature\":0.5,\"top_p\":0.9,\"max_output_tokens\":99,\"max_tool_calls\":4,"
                        + "\"top_logprobs\":3,\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},"
                        + "\"text\":{\"verbosity\":\"high\"},\"include\":[\"message.output_text.logprobs\"]");
    }

    @Test
    void everythingElseHasItsField() {
        assertThat(fields(hi().include("file_search_call.results").previousResponseId("resp_1").store(true).background(true)
                .truncation("auto").metadata("k", "v").promptCacheKey("pck").safetyIdentifier("sid").serviceTier("flex")))
                .isEqualTo("\"include\":[\"file_search_call.results\"],\"previous_response_id\":\"resp_1\",\"store\":true,"
                        + "\"background\":true,\"truncation\":\"auto\",\"metadata\":{\"k\":\"v\"},"
                        + "\"prompt_cache_key\":\"pck\",\"safety_identifier\":\"sid\",\"service_tier\":\"flex\"");
        assertThat(fields(hi().conversation("conv_1"))).isEqualTo("\"conversation\":\"conv_1\"");
    }

    @Test
    void theTokensOwnLogProbabilitiesNeedNoNumber() {
        assertThat(fields(hi().topLogprobs(0))).isEqualTo("\"include\":[\"message.output_text.logprobs\"]");
    }

    @Test
    void whatIsIncludedAlreadyIsNotIncludedTwice() {
        assertThat(fields(hi().topLogprobs(0).include("message.output_text.logprobs")))
                .isEqualTo("\"include\":[\"message.output_text.logprobs\"]");
    }

    @Test
    void instructionsAreAFieldOfTheirOwn() {
        assertThat(text(hi().instructions("Be brief"))).startsWith("{\"model\":\"configured-model\","
                + "\"instructions\":\"Be brief\",\"input\":[{\"type\":\"message\",\"role\":\"user\",");
    }

    @Test
    void configuredOptionsHoldWhereTheRequestSaysNothing() {
        GenerationOptions configured = GenerationOptions.builder().temperature(0.1).reasoningEffort("low").build();

        assertThat(text(hi().temperature(0.9).build(), settings(Preset.OPENAI).options(configured)))
                .contains("\"temperature\":0.9", "\"reasoning\":{\"effort\":\"low\"}");
    }

    @Test
    void anExtraBodyIsMergedLastAndARequestsOwnWins() {
        assertThat(text(hi().temperature(0.9).extraBody("temperature", RawJson.of("1.50")).extraBody("top_k", RawJson.of("7"))
                .build(), settings(Preset.OPENAI).extraBody("top_k", "40").extraBody("user", "\"u\"")))
                .endsWith("\"top_k\":7,\"user\":\"u\",\"temperature\":1.50}").doesNotContain("0.9");
    }

    @Test
    void anExtraBodyCanBringTheInput() {
        assertThat(text(hi().extraBody("input", RawJson.of("\"plain\""))))
                .isEqualTo("{\"model\":\"configured-model\",\"input\":\"plain\"}");
    }

    @Test
    void toolsAreFlat() {
        JsonObject body = body(hi().tool(WEATHER).tool(Tool.function("ping", "Pings"))
                .tool(new Tool.Custom("sql", Optional.of("Runs SQL"), Optional.of(RawJson
                        .of("{\"type\":\"grammar\",\"syntax\":\"regex\",\"definition\":\"x+\"}"))))
                .tool(new Tool.Namespace("crm", "Customers", List.of(Tool.function("find", "Finds"))))
                .parallelToolCalls(false));

        assertThat(body.getJsonArray("tools")).isEqualTo(new JsonArray(
                """
                        [{"type":"function","name":"weather","description":"Weather of a city",
                          "parameters":{"type":"object","minimum":1.0},"strict":true},
                         {"type":"function","name":"ping","description":"Pings","parameters":{"type":"object","properties":{}},
                          "strict":false},
                         {"type":"custom","name":"sql","description":"Runs SQL",
                          "format":{"type":"grammar","syntax":"regex","definition":"x+"}},
                         {"type":"namespace","name":"crm","description":"Customers","tools":[
                          {"type":"function","name":"find","description":"Finds","parameters":{"type":"object","properties":{}},
                           "strict":false}]}]"""));
        assertThat(body.getBoolean("parallel_tool_calls")).isFalse();
    }

    @Test
    void hostedToolsAndSchemasAreSentByteForByte() {
        String search = "{ \"type\" : \"web_search\", \"x\": 1.50 }";

        assertThat(text(hi().tool(new Tool.Opaque("web_search", RawJson.of(search))).tool(WEATHER)
                .outputFormat(OutputFormat.jsonSchema("answer", SCHEMA)))).contains("[" + search + ",",
                        "\"parameters\":" + SCHEMA.text(), "\"schema\":" + SCHEMA.text());
    }

    @Test
    void everyChoiceAmongToolsHasItsForm() {
        assertThat(choice(ToolChoice.AUTO)).isEqualTo("\"auto\"");
        assertThat(choice(ToolChoice.NONE)).isEqualTo("\"none\"");
        assertThat(choice(ToolChoice.REQUIRED)).isEqualTo("\"required\"");
        assertThat(choice(ToolChoice.function("weather"))).isEqualTo("{\"type\":\"function\",\"name\":\"weather\"}");
        assertThat(choice(new ToolChoice.Custom("sql"))).isEqualTo("{\"type\":\"custom\",\"name\":\"sql\"}");
        assertThat(choice(new ToolChoice.Opaque(RawJson.of("{\"type\": \"file_search\"}"))))
                .isEqualTo("{\"type\": \"file_search\"}");
        assertThat(choice(new ToolChoice.Allowed(ToolChoice.Mode.REQUIRED,
                List.of(new ToolChoice.Function("weather"), new ToolChoice.Opaque(RawJson.of("{\"type\":\"mcp\"}"))))))
                .isEqualTo("{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":"
                        + "[{\"type\":\"function\",\"name\":\"weather\"},{\"type\":\"mcp\"}]}");
    }

    private static String choice(ToolChoice choice) {
        String text = text(hi().tool(WEATHER).toolChoice(choice));
        String name = "\"tool_choice\":";
        return text.substring(text.indexOf(name) + name.length(), text.length() - 1);
    }

    @Test
    void aChoiceAmongNoToolsIsNotSent() {
        assertThat(fields(hi().toolChoice(ToolChoice.AUTO).parallelToolCalls(true))).isEmpty();
    }

    @Test
    void theFormatOfTheAnswerIsFlatBesideTheVerbosity() {
        assertThat(fields(hi().outputFormat(OutputFormat.jsonSchema("answer", RawJson.of("{}"))).verbosity("low")))
                .isEqualTo("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"answer\",\"schema\":{},"
                        + "\"strict\":true},\"verbosity\":\"low\"}");
        assertThat(fields(hi().outputFormat(OutputFormat.JSON))).isEqualTo("\"text\":{\"format\":{\"type\":\"json_object\"}}");
        assertThat(fields(hi().outputFormat(OutputFormat.TEXT))).isEqualTo("\"text\":{\"format\":{\"type\":\"text\"}}");
    }

    @ParameterizedTest
    @CsvSource({ "low, false, true", "none, false, false", "low, true, false", ", false, false" })
    void reasoningThatNobodyStoresIsAskedForInEncryptedForm(String effort, boolean store, boolean asked) {
        JsonArray include = body(hi().reasoningEffort(effort).store(store)).getJsonArray("include");

        assertThat(include).isEqualTo(asked ? JsonArray.of("reasoning.encrypted_content") : null);
    }

    @Test
    void reasoningThatCameHiddenIsAskedForInEncryptedFormFromThenOn() {
        Reasoning hidden = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.empty());

        assertThat(body(hi().item(hidden).store(false)).getJsonArray("include"))
                .isEqualTo(JsonArray.of("reasoning.encrypted_content"));
        assertThat(body(hi().item(Reasoning.of("hm")).store(false)).getJsonArray("include")).isNull();
    }

    @Test
    void anExtraBodyCanSwitchStoringOff() {
        assertThat(text(hi().reasoningEffort("low").build(), settings(Preset.OPENAI).extraBody("store", "false")))
                .contains("\"include\":[\"reasoning.encrypted_content\"]").endsWith(",\"store\":false}");
    }

    @Test
    void theSameRequestGivesTheSameBytes() {
        LlmRequest request = hi().tool(WEATHER).metadata("b", "1").metadata("a", "2").item(Reasoning.of("hm")).build();

        assertThat(text(request, settings(Preset.GENERIC)))
                .isEqualTo(text(request.toBuilder().build(), settings(Preset.GENERIC)));
    }

    @Test
    void aHistoryThatOnlyGrewBeginsWithTheSameItems() {
        LlmRequest.Builder request = hi().instructions("Be brief").item(Reasoning.of("hm")).assistant("Well");
        for (Preset preset : Preset.values()) {
            String before = input(request.build().toBuilder(), preset);
            String after = input(request.build().toBuilder().user("Go on").item(Reasoning.of("so")), preset);

            assertThat(after).startsWith(before.substring(0, before.length() - 1) + ",");
        }
    }
}
