package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.InstructionsRole;
import io.quarkiverse.llm.runtime.config.preset.MaxTokensField;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningEffortForm;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.config.preset.ResponseFormats;
import io.quarkiverse.llm.runtime.config.preset.SeedField;
import io.quarkiverse.llm.runtime.config.preset.ToolCallContent;
import io.quarkiverse.llm.runtime.config.preset.ToolCallIds;
import io.quarkiverse.llm.runtime.config.preset.ToolChoiceForm;

/** What each quirk does to the bytes of a request; everything else is as OpenAI has it. */
class ChatQuirksTest {

    private static final String HI = "[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final RawJson SCHEMA = RawJson.of("{\"type\":\"object\"}");
    private static final String ASK_FOR_SCHEMA = "Answer with a single JSON object and nothing else. It must follow this JSON "
            + "schema:\\n{\\\"type\\\":\\\"object\\\"}";

    private static LlmRequest.Builder hi() {
        return LlmRequest.builder().model("m").user("Hi");
    }

    private static <T> String body(LlmRequest.Builder request, Quirk<T> quirk, T value, boolean stream) {
        TestSettings settings = TestSettings.of("http://localhost").preset(Preset.OPENAI).quirk(quirk, value);
        return new String(new ChatCodec(settings.build()).encode(request.build(), stream), StandardCharsets.UTF_8);
    }

    /** What follows the messages of a request that says just {@code Hi}. */
    private static final String STRICT = ",\"strict\":true";

    private static <T> String fields(LlmRequest.Builder request, Quirk<T> quirk, T value) {
        String body = body(request, quirk, value, false);
        assertThat(body).startsWith("{\"model\":\"m\",\"messages\":" + HI).endsWith("}");
        String fields = body.substring(("{\"model\":\"m\",\"messages\":" + HI).length(), body.length() - 1);
        return fields.isEmpty() ? fields : fields.substring(1);
    }

    private static <T> String messages(LlmRequest.Builder request, Quirk<T> quirk, T value) {
        String body = body(request.model("m"), quirk, value, false);
        assertThat(body).startsWith("{\"model\":\"m\",\"messages\":[").endsWith("]}");
        return body.substring("{\"model\":\"m\",\"messages\":[".length(), body.length() - 2);
    }

    @ParameterizedTest
    @CsvSource({ "MAX_TOKENS,max_tokens", "MAX_COMPLETION_TOKENS,max_completion_tokens" })
    void theLimitOfTheAnswerHasTheServersName(MaxTokensField value, String field) {
        assertThat(fields(hi().maxOutputTokens(5L), Quirk.MAX_TOKENS_FIELD, value)).isEqualTo("\"" + field + "\":5");
    }

    @ParameterizedTest
    @CsvSource({ "SEED,seed", "RANDOM_SEED,random_seed" })
    void theSeedHasTheServersName(SeedField value, String field) {
        assertThat(fields(hi().seed(7L), Quirk.SEED_FIELD, value)).isEqualTo("\"" + field + "\":7");
    }

    @ParameterizedTest
    @CsvSource({ "SYSTEM,system", "DEVELOPER,developer" })
    void instructionsHaveTheServersRole(InstructionsRole value, String role) {
        assertThat(messages(LlmRequest.builder().instructions("Be brief").item(Message.system("S")), Quirk.INSTRUCTIONS_ROLE,
                value)).isEqualTo("{\"role\":\"" + role + "\",\"content\":\"Be brief\"},"
                        + "{\"role\":\"system\",\"content\":\"S\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "true  | {\"role\":\"assistant\",\"refusal\":\"No.\",\"content\":null}",
            "false | {\"role\":\"assistant\",\"content\":\"No.\"}" })
    void aRefusalGoesBackInItsFieldOrAsText(boolean value, String message) {
        Message refusal = Message.of(Role.ASSISTANT, List.of(new Content.Refusal("No.")));

        assertThat(messages(LlmRequest.builder().item(refusal), Quirk.REFUSAL_FIELD, value)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "NONE              | {\"role\":\"assistant\",\"content\":\"a\"}",
            "REASONING_CONTENT | {\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"a\"}",
            "REASONING         | {\"role\":\"assistant\",\"reasoning\":\"hm\",\"content\":\"a\"}",
            "THINKING_PART     | {\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":"
                    + "[{\"type\":\"text\",\"text\":\"hm\"}]},{\"type\":\"text\",\"text\":\"a\"}]}" })
    void reasoningGoesBackWhereTheServerReadsIt(ReasoningField value, String message) {
        assertThat(messages(LlmRequest.builder().item(Reasoning.of("hm")).assistant("a"), Quirk.REASONING_FIELD, value))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", value = {
            "REASONING_EFFORT | low  | \"reasoning_effort\":\"low\"",
            "REASONING_EFFORT | none | \"reasoning_effort\":\"none\"",
            "REASONING        | low  | \"reasoning\":{\"effort\":\"low\"}",
            "THINKING         | low  | \"thinking\":{\"type\":\"enabled\"},\"reasoning_effort\":\"low\"",
            "THINKING         | none | \"thinking\":{\"type\":\"disabled\"}",
            "ENABLE_THINKING  | low  | \"chat_template_kwargs\":{\"enable_thinking\":true}",
            "ENABLE_THINKING  | none | \"chat_template_kwargs\":{\"enable_thinking\":false}",
            "NONE             | low  | ''" })
    void theEffortIsSaidInTheServersForm(ReasoningEffortForm value, String effort, String expected) {
        assertThat(fields(hi().reasoningEffort(effort), Quirk.REASONING_EFFORT_FORM, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "REASONING,reasoning", "THINKING,thinking", "ENABLE_THINKING,chat_template_kwargs" })
    void theExtraBodyWinsOverTheFormOfTheEffort(ReasoningEffortForm value, String field) {
        assertThat(fields(hi().reasoningEffort("none").extraBody(field, RawJson.of("{\"x\":1}")),
                Quirk.REASONING_EFFORT_FORM, value)).isEqualTo("\"" + field + "\":{\"x\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "true|,\"stream_options\":{\"include_usage\":true}", "false|''" })
    void aStreamIsAskedForItsUsage(boolean value, String options) {
        assertThat(body(hi(), Quirk.INCLUDE_USAGE, value, true))
                .isEqualTo("{\"model\":\"m\",\"messages\":" + HI + ",\"stream\":true" + options + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "NULL|\"content\":null,", "EMPTY|\"content\":\"\",", "OMITTED|''" })
    void callsWithoutTextHaveTheContentThatTheServerWants(ToolCallContent value, String content) {
        assertThat(messages(LlmRequest.builder().item(ToolCall.function("c", "f", "{}")).toolOutput("c", "ok"),
                Quirk.TOOL_CALL_CONTENT, value))
                .isEqualTo("{\"role\":\"assistant\"," + content + "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"ok\"}");
    }

    @Test
    void textsOfOneMessageAreJoinedAndOtherContentStaysAnArray() {
        LlmRequest.Builder texts = LlmRequest.builder().user(Content.text("a"), Content.text("b"));
        LlmRequest.Builder mixed = LlmRequest.builder().user(Content.text("a"), Content.image("http://x/i.png"));

        assertThat(messages(texts, Quirk.JOIN_TEXTS, true)).isEqualTo("{\"role\":\"user\",\"content\":\"a\\nb\"}");
        assertThat(messages(texts, Quirk.JOIN_TEXTS, false)).isEqualTo("{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}");
        assertThat(messages(mixed, Quirk.JOIN_TEXTS, true)).isEqualTo("{\"role\":\"user\",\"content\":"
                + "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://x/i.png\"}}]}");
    }

    @Test
    void foreignCallIdsBecomeNineLettersAndDigitsInCallAndOutputAlike() {
        LlmRequest.Builder request = LlmRequest.builder().item(ToolCall.function("call_1", "f", "{}"))
                .item(ToolCall.function("aB3dE6gH9", "g", "{}")).toolOutput("call_1", "1").toolOutput("aB3dE6gH9", "2");

        assertThat(messages(request, Quirk.TOOL_CALL_IDS, ToolCallIds.NINE_ALPHANUMERIC))
                .isEqualTo("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                        + "{\"id\":\"RksXkbv4v\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},"
                        + "{\"id\":\"aB3dE6gH9\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"RksXkbv4v\",\"content\":\"1\"},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"aB3dE6gH9\",\"content\":\"2\"}");
        assertThat(messages(request, Quirk.TOOL_CALL_IDS, ToolCallIds.ANY)).contains("\"id\":\"call_1\"",
                "\"tool_call_id\":\"call_1\"");
    }

    private static final String A = "{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{}}}}";
    private static final String B = A.replace("\"a\"", "\"b\"");

    private static LlmRequest.Builder tools(ToolChoice choice) {
        return hi().tool(tool("a")).tool(tool("b")).toolChoice(choice);
    }

    private static Tool tool(String name) {
        return new Tool.Function(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MODES         | B   | \"required\"",
            "NAMED         | A,B | {\"type\":\"function\",\"function\":{\"name\":\"b\"}}",
            "ALLOWED_TOOLS | A,B | {\"type\":\"function\",\"function\":{\"name\":\"b\"}}" })
    void aChosenToolIsTheOnlyOneWhereItsChoiceIsNotUnderstood(ToolChoiceForm value, String sent, String choice) {
        assertThat(fields(tools(ToolChoice.function("b")), Quirk.TOOL_CHOICE_FORM, value))
                .isEqualTo("\"tools\":[" + sent.replace("A", A).replace("B", B) + "],\"tool_choice\":" + choice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "MODES         | B   | \"auto\"",
            "NAMED         | B   | \"auto\"",
            "ALLOWED_TOOLS | A,B | {\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":"
                    + "[{\"type\":\"function\",\"function\":{\"name\":\"b\"}}]}}" })
    void onlyAllowedToolsAreSentWhereTheirChoiceIsNotUnderstood(ToolChoiceForm value, String sent, String choice) {
        ToolChoice allowed = new ToolChoice.Allowed(ToolChoice.Mode.AUTO, List.of(new ToolChoice.Function("b")));

        assertThat(fields(tools(allowed), Quirk.TOOL_CHOICE_FORM, value))
                .isEqualTo("\"tools\":[" + sent.replace("A", A).replace("B", B) + "],\"tool_choice\":" + choice);
    }

    @Test
    void aModeNeedsNoOtherForm() {
        assertThat(fields(tools(ToolChoice.REQUIRED), Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES))
                .isEqualTo("\"tools\":[" + A + "," + B + "],\"tool_choice\":\"required\"");
    }

    @Test
    void aChosenToolThatIsNotOfferedIsRefused() {
        assertThatExceptionOfType(LlmBadRequestException.class)
                .isThrownBy(() -> fields(tools(ToolChoice.function("c")), Quirk.TOOL_CHOICE_FORM, ToolChoiceForm.MODES))
                .withMessageContaining("The request chooses a tool that it does not offer: c");
    }

    @ParameterizedTest
    @CsvSource({ "true,',\"strict\":true'", "false,''" })
    void strictToolsAreAskedForWhereTheServerKnowsThem(boolean value, String strict) {
        assertThat(fields(strict(), Quirk.STRICT_TOOLS, value)).isEqualTo(strictTool(strict) + "," + strictFormat(STRICT));
    }

    @ParameterizedTest
    @CsvSource({ "true,',\"strict\":true'", "false,''" })
    void aStrictAnswerIsAskedForWhereTheServerKnowsThat(boolean value, String strict) {
        assertThat(fields(strict(), Quirk.STRICT_RESPONSE_FORMAT, value))
                .isEqualTo(strictTool(STRICT) + "," + strictFormat(strict));
    }

    private static LlmRequest.Builder strict() {
        return hi().tool(new Tool.Function("a", Optional.empty(), Optional.of(SCHEMA), Optional.of(true)))
                .outputFormat(OutputFormat.jsonSchema("s", SCHEMA));
    }

    private static String strictTool(String strict) {
        return "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"type\":\"object\"}" + strict
                + "}}]";
    }

    private static String strictFormat(String strict) {
        return "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"schema\":{\"type\":\"object\"}"
                + strict + "}}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ALL         | ,\"response_format\":{\"type\":\"json_object\"}",
            "JSON_OBJECT | ,\"response_format\":{\"type\":\"json_object\"}",
            "JSON_SCHEMA | ,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"json_object\","
                    + "\"schema\":{\"type\":\"object\"}}}" })
    void anyJsonIsAskedForInTheServersForm(ResponseFormats value, String format) {
        assertThat("," + fields(hi().outputFormat(OutputFormat.JSON), Quirk.RESPONSE_FORMATS, value)).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "JSON_OBJECT|,\"response_format\":{\"type\":\"json_object\"}", "NONE|''" })
    void aSchemaThatTheServerDoesNotTakeIsInTheInstructions(ResponseFormats value, String format) {
        LlmRequest.Builder request = hi().instructions("Be brief").outputFormat(OutputFormat.jsonSchema("s", SCHEMA));

        assertThat(body(request, Quirk.RESPONSE_FORMATS, value, false)).isEqualTo("{\"model\":\"m\",\"messages\":["
                + "{\"role\":\"developer\",\"content\":\"Be brief\\n\\n" + ASK_FOR_SCHEMA + "\"},"
                + "{\"role\":\"user\",\"content\":\"Hi\"}]" + format + "}");
    }

    @Test
    void aServerWithoutAnyFormatIsToldInTheInstructionsAlone() {
        assertThat(body(hi().outputFormat(OutputFormat.JSON), Quirk.RESPONSE_FORMATS, ResponseFormats.NONE, false))
                .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"developer\",\"content\":"
                        + "\"Answer with a single JSON object and nothing else.\"},{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(fields(hi().outputFormat(OutputFormat.TEXT), Quirk.RESPONSE_FORMATS, ResponseFormats.NONE)).isEmpty();
    }

    @Test
    void aFormatInTheExtraBodyIsLeftToIt() {
        assertThat(fields(hi().outputFormat(OutputFormat.jsonSchema("s", SCHEMA)).extraBody("response_format",
                RawJson.of("{\"type\":\"x\"}")), Quirk.RESPONSE_FORMATS, ResponseFormats.NONE))
                .isEqualTo("\"response_format\":{\"type\":\"x\"}");
    }

    @Test
    void omittedFieldsAreSentByTheExtraBodyAlone() {
        LlmRequest.Builder request = hi().store(true).verbosity("low").serviceTier("flex").extraBody("verbosity",
                RawJson.of("\"high\""));

        assertThat(fields(request, Quirk.OMITTED_FIELDS, Set.of("store", "verbosity")))
                .isEqualTo("\"service_tier\":\"flex\",\"verbosity\":\"high\"");
        assertThat(fields(hi().store(true), Quirk.OMITTED_FIELDS, Set.of())).isEqualTo("\"store\":true");
    }
}
