package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/** What is wrong in the request itself is refused with a sentence that names it. */
class WrongResponsesRequestTest {

    private static InvalidRequestException refused(String body) {
        return catchThrowableOfType(InvalidRequestException.class, () -> ResponsesRequestDecoderTest.decode(body));
    }

    private static void assertRefused(String body, String param, String code, String sentence) {
        InvalidRequestException refused = refused(body);
        assertThat(refused).as(body).hasMessage(sentence);
        assertThat(refused.param().orElse(null)).isEqualTo(param);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void noInput() {
        assertRefused("{\"model\":\"m\"}", "input", "missing_required_parameter",
                "\"input\" is missing, and there is nothing else to answer");
        assertRefused("{\"input\":null}", "input", "missing_required_parameter",
                "\"input\" is missing, and there is nothing else to answer");
        assertRefused("{\"input\":[]}", "input", "empty_array", "\"input\" is empty, and there is nothing else to answer");
        assertRefused("{\"input\":{\"role\":\"user\"}}", "input", "invalid_type",
                "\"input\" must be a string or a list of items");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "{\"input\":\"Hi\"} x", "no JSON", "{\"input\":\"Hi\",}", "\u0000" })
    void noJson(String body) {
        InvalidRequestException refused = refused(body);

        assertThat(refused.code()).isEqualTo("invalid_json");
        assertThat(refused).hasMessageStartingWith("Not JSON: ");
        assertThat(refused.param()).isEmpty();
    }

    @Test
    void noObject() {
        assertRefused("[]", null, "invalid_type", "The value must be an object, not a list");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"model\":5 | model | invalid_type | \"model\" must be a string, not a number",
            "\"stream\":\"yes\" | stream | invalid_type | \"stream\" must be true or false, not a string",
            "\"temperature\":\"hot\" | temperature | invalid_type | \"temperature\" must be a number, not a string",
            "\"max_output_tokens\":1.5 | max_output_tokens | invalid_type "
                    + "| \"max_output_tokens\" must be a whole number, not 1.5",
            "\"tools\":{} | tools | invalid_type | \"tools\" must be a list, not an object",
            "\"tools\":[5] | tools[0] | invalid_type | \"tools[0]\" must be an object, not a number",
            "\"tools\":[{\"type\":\"function\"}] | tools[0].name | missing_required_parameter | \"tools[0].name\" is missing",
            "\"tool_choice\":\"any\" | tool_choice | invalid_value | \"tool_choice\" must be auto, none, required or an object",
            "\"tool_choice\":3 | tool_choice | invalid_type | \"tool_choice\" must be an object, not a number",
            "\"text\":{\"format\":{\"type\":\"xml\"}} | text.format.type | invalid_value "
                    + "| \"text.format.type\" must be text, json_object or json_schema",
            "\"text\":\"json\" | text | invalid_type | \"text\" must be an object, not a string",
            "\"reasoning\":\"high\" | reasoning | invalid_type | \"reasoning\" must be an object, not a string",
            "\"include\":[1] | include[0] | invalid_type | \"include[0]\" must be a string, not a number",
            "\"metadata\":[] | metadata | invalid_type | \"metadata\" must be an object, not a list",
            "\"conversation\":{} | conversation.id | missing_required_parameter | \"conversation.id\" is missing" })
    void whatIsOfTheWrongKind(String field, String param, String code, String sentence) {
        assertRefused("{\"input\":\"Hi\"," + field + "}", param, code, sentence);
    }

    @Test
    void aNumberThatNoServerCanBeSent() {
        for (String field : new String[] { "temperature", "top_p", "presence_penalty", "frequency_penalty" }) {
            assertRefused("{\"input\":\"Hi\",\"" + field + "\":1e400}", field, "invalid_value",
                    "\"" + field + "\" is out of range");
        }
    }

    @Test
    void aResponseAndAConversationAtOnce() {
        assertRefused("{\"input\":\"Hi\",\"previous_response_id\":\"resp_1\",\"conversation\":\"conv_1\"}",
                "previous_response_id", "mutually_exclusive_parameters",
                "\"previous_response_id\" and \"conversation\" exclude each other: the request may continue one of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"type\":\"function\",\"name\":\"g\"} | the function \"g\"",
            "{\"type\":\"custom\",\"name\":\"f\"} | the custom tool \"f\"",
            "{\"type\":\"file_search\"} | a tool of the server",
            "{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},"
                    + "{\"type\":\"function\",\"name\":\"g\"}]} | the function \"g\"" })
    void aChoiceOfAToolThatIsNotOffered(String choice, String tool) {
        assertRefused("{\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"tool_choice\":" + choice + "}",
                "tool_choice", "invalid_value", "\"tool_choice\" names " + tool + ", which is not among \"tools\"");
    }

    /** To compare each with each takes minutes. */
    @Test
    @Timeout(20)
    void aToolThatIsNotThereIsFoundAmongVeryMany() {
        int count = 150_000;
        StringBuilder tools = new StringBuilder();
        StringBuilder allowed = new StringBuilder();
        for (int i = 0; i < count; i++) {
            tools.append("{\"type\":\"function\",\"name\":\"f").append(i).append("\"},");
            allowed.append("{\"type\":\"function\",\"name\":\"f").append(count - 1 - i).append("\"},");
        }
        assertRefused("{\"input\":\"Hi\",\"tools\":[" + tools + "{\"type\":\"function\",\"name\":\"f\"}],"
                + "\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[" + allowed
                + "{\"type\":\"function\",\"name\":\"g\"}]}}", "tool_choice", "invalid_value",
                "\"tool_choice\" names the function \"g\", which is not among \"tools\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "f", "a__f", "a.f", "g", "a__b__g", "a__b.g" })
    void aToolInANamespaceIsChosenByItsNameOrByBoth(String name) {
        assertThat(refused("{\"input\":\"Hi\",\"tools\":[{\"type\":\"namespace\",\"name\":\"a\",\"tools\":["
                + "{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"namespace\",\"name\":\"b\",\"tools\":["
                + "{\"type\":\"function\",\"name\":\"g\"}]}]}],"
                + "\"tool_choice\":{\"type\":\"function\",\"name\":\"" + name + "\"}}")).isNull();
    }

    @Test
    void whatIsNestedTooDeep() {
        for (int depth : new int[] { 2_000, 1_000_000 }) {
            assertThat(refused("{\"input\":" + "[".repeat(depth)).code()).isEqualTo("invalid_json");
            assertThat(refused("{\"input\":\"Hi\",\"tools\":" + "[{\"tools\":".repeat(depth)).code()).isEqualTo("invalid_json");
        }
    }

    @Test
    void namespacesThatAreNestedTooDeep() {
        String namespaces = "[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":".repeat(400) + "[]" + "}]".repeat(400);

        assertThat(refused("{\"input\":\"Hi\",\"tools\":" + namespaces + "}"))
                .hasMessageEndingWith("is in more than 16 namespaces");
    }
}
