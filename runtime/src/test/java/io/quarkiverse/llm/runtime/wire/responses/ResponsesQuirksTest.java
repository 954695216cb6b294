package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.preset.InstructionsRole;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.SeedField;
import io.quarkiverse.llm.runtime.config.preset.TextFormat;
import io.quarkiverse.llm.runtime.config.preset.ToolCallIds;
import io.quarkiverse.llm.runtime.config.preset.ToolChoiceForm;

/** What each quirk does to the bytes of a request; everything else is as OpenAI has it. */
class ResponsesQuirksTest {

    private static final String HI = "{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}";
    private static final RawJson SCHEMA = RawJson.of("{\"type\":\"object\"}");
    private static final String ASK_FOR_SCHEMA = "Answer with a single JSON object and nothing else. It must follow this JSON "
            + "schema:\\n{\\\"type\\\":\\\"object\\\"}";

    private static LlmRequest.Builder hi() {
        return LlmRequest.builder().model("m").user("Hi");
    }

    private static <T> String body(LlmRequest.Builder request, Quirk<T> quirk, T value) {
        return Bodies.text(request.model("m").build(), Bodies.settings(Preset.OPENAI).quirk(quirk, value));
    }

    private static <T> String fields(LlmRequest.Builder request, Quirk<T> quirk, T value) {
        String body = body(request, quirk, value);
        String start = "{\"model\":\"m\",\"input\":[" + HI + "]";
        assertThat(body).startsWith(start);
        return body.substring(start.length(), body.length() - 1);
    }

    private static <T> String input(LlmRequest.Builder request, Quirk<T> quirk, T value) {
        String body = body(request, quirk, value);
        String start = "{\"model\":\"m\",\"input\":[";
        assertThat(body).startsWith(start).endsWith("]}");
        return body.substring(start.length(), body.length() - 2);
    }

    @ParameterizedTest
    @CsvSource({ "SYSTEM,system", "DEVELOPER,developer" })
    void developersHaveTheServersRole(InstructionsRole value, String role) {
        assertThat(input(LlmRequest.builder().item(Message.developer("D")), Quirk.INSTRUCTIONS_ROLE, value))
                .isEqualTo("{\"type\":\"message\",\"role\":\"" + role + "\",\"content\":\"D\"}");
    }

    @Test
    void mergedInstructionsAreTheFirstMessage() {
        assertThat(input(hi().instructions("I").system("S").assistant("a").item(Message.developer("D")),
                Quirk.MERGE_INSTRUCTIONS, true))
                .isEqualTo("{\"type\":\"message\",\"role\":\"developer\",\"content\":\"I\\n\\nS\\n\\nD\"}," + HI
                        + ",{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"a\"}");
    }

    @Test
    void instructionsWithNothingToMergeStayTheFieldThatTheyAre() {
        assertThat(body(hi().instructions("I"), Quirk.MERGE_INSTRUCTIONS, true))
                .isEqualTo("{\"model\":\"m\",\"instructions\":\"I\",\"input\":[" + HI + "]}");
    }

    @Test
    void aRefusalGoesBackAsTheTextItWas() {
        Message refusal = Message.of(Role.ASSISTANT, List.of(new Content.Refusal("No.")));

        assertThat(input(LlmRequest.builder().item(refusal), Quirk.REFUSAL_FIELD, false))
                .isEqualTo("{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"No.\"}");
    }

    @Test
    void textsOfOneMessageAreJoined() {
        LlmRequest.Builder texts = LlmRequest.builder().user(Content.text("a"), Content.text("b"));

        assertThat(input(texts, Quirk.JOIN_TEXTS, true))
                .isEqualTo("{\"type\":\"message\",\"role\":\"user\",\"content\":\"a\\nb\"}");
        assertThat(input(texts, Quirk.JOIN_TEXTS, false)).isEqualTo("{\"type\":\"message\",\"role\":\"user\",\"content\":"
                + "[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_text\",\"text\":\"b\"}]}");
    }

    @Test
    void foreignCallIdsAreReplacedInCallAndOutputAlike() {
        assertThat(input(LlmRequest.builder().item(ToolCall.function("call_1", "f", "{}")).toolOutput("call_1", "1"),
                Quirk.TOOL_CALL_IDS, ToolCallIds.NINE_ALPHANUMERIC))
                .isEqualTo("{\"type\":\"function_call\",\"name\":\"f\",\"call_id\":\"RksXkbv4v\",\"arguments\":\"{}\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"RksXkbv4v\",\"output\":\"1\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MODES         | [B]   | \"required\"",
            "NAMED         | [A,B] | {\"type\":\"function\",\"name\":\"b\"}" })
    void aChosenToolIsTheOnlyOneWhereItsChoiceIsNotUnderstood(ToolChoiceForm value, String sent, String choice) {
        String a = "{\"type\":\"function\",\"name\":\"a\",\"description\":\"d\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{}},\"strict\":false}";

        assertThat(fields(hi().tool(Tool.function("a", "d")).tool(Tool.function("b", "d")).toolChoice(ToolChoice.function("b")),
                Quirk.TOOL_CHOICE_FORM, value)).isEqualTo(",\"tools\":"
                        + sent.replace("A", a).replace("B", a.replace("\"a\"", "\"b\"")) + ",\"tool_choice\":" + choice);
    }

    @Test
    void aChosenToolIsFoundInItsNamespaceAndAHostedOneByItsType() {
        Tool space = new Tool.Namespace("crm", "Customers", List.of(Tool.function("a", "d"), Tool.function("b", "d")));
        Tool search = new Tool.Opaque("web_search", RawJson.of("{\"type\":\"web_search\"}"));
        LlmRequest.Builder request = hi().tool(space).tool(search).toolChoice(new ToolChoice.Allowed(ToolChoice.Mode.AUTO,
                List.of(new ToolChoice.Function("b"), new ToolChoice.Opaque(RawJson.of("{\"type\":\"web_search\"}")))));

        assertThat(fields(request, Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES))
                .contains("\"name\":\"crm\"", "\"name\":\"b\"", "{\"type\":\"web_search\"}]", "\"tool_choice\":\"auto\"")
                .doesNotContain("\"name\":\"a\"");
        assertThat(fields(hi().tool(space).tool(search).toolChoice(ToolChoice.function("b")), Quirk.TOOL_CHOICE_FORM,
                ToolChoiceForm.MODES)).doesNotContain("web_search");
    }

    @ParameterizedTest
    @CsvSource({ "true,',\"strict\":true'", "false,''" })
    void strictToolsAreAskedForWhereTheServerKnowsThem(boolean value, String strict) {
        assertThat(fields(hi().tool(Tool.function("a", "d", SCHEMA).withStrict(true)), Quirk.STRICT_TOOLS, value))
                .isEqualTo(",\"tools\":[{\"type\":\"function\",\"name\":\"a\",\"description\":\"d\",\"parameters\":"
                        + "{\"type\":\"object\"}" + strict + "}]");
    }

    @ParameterizedTest
    @CsvSource({ "true,',\"strict\":true'", "false,''" })
    void aStrictAnswerIsAskedForWhereTheServerKnowsThat(boolean value, String strict) {
        assertThat(fields(hi().outputFormat(OutputFormat.jsonSchema("s", SCHEMA)), Quirk.STRICT_RESPONSE_FORMAT, value))
                .isEqualTo(",\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"s\",\"schema\":{\"type\":\"object\"}"
                        + strict + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ALL             | ,\"text\":{\"format\":{\"type\":\"json_object\"}}",
            "JSON_SCHEMA     | ,\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"json_object\","
                    + "\"schema\":{\"type\":\"object\"}}}",
            "RESPONSE_FORMAT | ,\"response_format\":{\"type\":\"json_object\"}" })
    void anyJsonIsAskedForWhereTheServerReadsIt(TextFormat value, String format) {
        assertThat(fields(hi().outputFormat(OutputFormat.JSON), Quirk.TEXT_FORMAT, value)).isEqualTo(format);
    }

    @Test
    void llamaCppReadsTheFieldOfChatCompletions() {
        assertThat(fields(hi().outputFormat(OutputFormat.jsonSchema("s", SCHEMA)).verbosity("low"), Quirk.TEXT_FORMAT,
                TextFormat.RESPONSE_FORMAT)).isEqualTo(",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                        + "{\"name\":\"s\",\"schema\":{\"type\":\"object\"},\"strict\":true}},"
                        + "\"text\":{\"verbosity\":\"low\"}");
    }

    @Test
    void aSchemaThatTheServerDoesNotReadIsInTheInstructions() {
        LlmRequest.Builder request = hi().instructions("I").outputFormat(OutputFormat.jsonSchema("s", SCHEMA));

        assertThat(body(request, Quirk.TEXT_FORMAT, TextFormat.NONE)).isEqualTo("{\"model\":\"m\",\"instructions\":\"I\\n\\n"
                + ASK_FOR_SCHEMA + "\",\"input\":[" + HI + "]}");
        assertThat(body(request.extraBody("text", RawJson.of("{}")), Quirk.TEXT_FORMAT, TextFormat.NONE))
                .isEqualTo("{\"model\":\"m\",\"instructions\":\"I\",\"input\":[" + HI + "],\"text\":{}}");
    }

    @Test
    void samplingFieldsAreSentWhereTheServerTakesThem() {
        Set<String> all = Set.of("presence_penalty", "frequency_penalty", "seed", "stop");

        assertThat(fields(hi().presencePenalty(0.1).frequencyPenalty(-0.2).seed(7L).stop("a"), Quirk.SAMPLING_FIELDS, all))
                .isEqualTo(",\"presence_penalty\":0.1,\"frequency_penalty\":-0.2,\"seed\":7,\"stop\":[\"a\"]");
    }

    @Test
    void theSeedHasTheServersName() {
        assertThat(Bodies.text(hi().seed(7L).build(), Bodies.settings(Preset.LLAMA_CPP).quirk(Quirk.SEED_FIELD,
                SeedField.RANDOM_SEED))).endsWith(",\"random_seed\":7}");
    }

    @Test
    void omittedFieldsAreSentByTheExtraBodyAlone() {
        assertThat(fields(hi().store(true).serviceTier("flex").extraBody("store", RawJson.of("false")), Quirk.OMITTED_FIELDS,
                Set.of("store", "service_tier"))).isEqualTo(",\"store\":false");
    }
}
