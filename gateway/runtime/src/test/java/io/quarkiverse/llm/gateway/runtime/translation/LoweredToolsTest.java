package io.quarkiverse.llm.gateway.runtime.translation;

import static io.quarkiverse.llm.gateway.runtime.translation.Translations.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;

/** What a provider that takes functions alone gets to see of a client's tools. */
class LoweredToolsTest {

    private static final Tool.Function READ = Tool.function("read", "Reads a file");
    private static final Tool.Custom PATCH = new Tool.Custom("apply_patch", Optional.of("Changes files"), Optional.of(
            RawJson.of("{\"type\":\"grammar\",\"syntax\":\"lark\",\"definition\":\"start: \\\"x\\\"\"}")));
    private static final Tool SEARCH = new Tool.Opaque("web_search", RawJson.of("{\"type\":\"web_search\"}"));

    private static LlmRequest.Builder request(Tool... tools) {
        return LlmRequest.builder().user("Hello").tools(List.of(tools));
    }

    private static Translation chat(LlmRequest.Builder request) {
        return Translations.of(request.build(), Providers.CHAT);
    }

    private static List<String> names(Translation translation) {
        return translation.request().tools().stream().map(tool -> ((Tool.Function) tool).name()).toList();
    }

    private static Tool.Namespace space(String name, Tool... tools) {
        return new Tool.Namespace(name, "", List.of(tools));
    }

    @Test
    void a_function_stays_as_it_is() {
        assertThat(chat(request(READ)).request().tools()).containsExactly(READ);
    }

    @Test
    void tools_of_a_namespace_are_named_after_it() {
        Translation translation = chat(request(space("mcp__files", READ, PATCH), READ));
        assertThat(names(translation)).containsExactly("mcp__files__read", "mcp__files__apply_patch", "read");
    }

    @Test
    void namespaces_that_give_the_same_name_are_told_apart() {
        List<String> names = names(chat(request(space("a__b", Tool.function("c", "")), space("a", Tool.function("b__c", "")))));
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("a__b__c_[0-9a-f]{8}"));
    }

    @Test
    void a_function_keeps_the_name_that_a_namespace_would_give_to_another() {
        List<String> names = names(chat(request(space("a", Tool.function("b", "")), Tool.function("a__b", ""))));
        assertThat(names.get(0)).matches("a__b_[0-9a-f]{8}");
        assertThat(names.get(1)).isEqualTo("a__b");
    }

    @Test
    void a_custom_tool_is_a_function_of_one_text() {
        Tool.Function function = (Tool.Function) chat(request(new Tool.Custom("say", Optional.of("Speaks"), Optional.empty())))
                .request().tools().get(0);
        assertThat(function.name()).isEqualTo("say");
        assertThat(function.description()).contains("Speaks");
        assertThat(function.parameters().orElseThrow().toJsonObject().getJsonObject("properties").getJsonObject("input")
                .getString("type")).isEqualTo("string");
        assertThat(function.parameters().orElseThrow().toJsonObject().getJsonArray("required")).containsExactly("input");
    }

    @Test
    void the_grammar_of_a_custom_tool_is_told_in_its_description() {
        Tool.Function function = (Tool.Function) chat(request(PATCH)).request().tools().get(0);
        assertThat(function.description()).contains(
                "Changes files\n\nThe argument \"input\" must match this lark grammar:\nstart: \"x\"");
    }

    @Test
    void a_later_tool_replaces_an_earlier_one_of_the_same_name() {
        Translation translation = chat(request(READ, Tool.function("read", "Another")));
        assertThat(translation.request().tools()).containsExactly(Tool.function("read", "Another"));
        assertThat(notes(translation)).containsExactly("tools[1]: The tool read replaces an earlier one of the same name");
    }

    @Test
    void hosted_tools_are_left_out_with_a_note() {
        Translation translation = chat(request(SEARCH, READ));
        assertThat(translation.request().tools()).containsExactly(READ);
        assertThat(notes(translation)).singleElement().asString()
                .startsWith("tools[0]: The hosted tool web_search was left out");
    }

    @Test
    void without_any_tool_left_nothing_is_said_of_tools() {
        LlmRequest request = chat(request(SEARCH).toolChoice(ToolChoice.AUTO).parallelToolCalls(true)).request();
        assertThat(request.tools()).isEmpty();
        assertThat(request.toolChoice()).isEmpty();
        assertThat(request.options().parallelToolCalls()).isEmpty();
    }

    @Test
    void a_choice_of_a_hosted_tool_is_refused() {
        LlmRequest.Builder request = request(SEARCH, READ)
                .toolChoice(new ToolChoice.Opaque(RawJson.of("{\"type\":\"web_search\"}")));
        assertThatThrownBy(() -> chat(request)).isInstanceOfSatisfying(InvalidRequestException.class, e -> {
            assertThat(e.param()).contains("tool_choice");
            assertThat(e).hasMessageContaining("web_search");
        });
    }

    @Test
    void a_call_that_only_a_hosted_tool_could_be_is_refused_when_it_is_demanded() {
        assertThatThrownBy(() -> chat(request(SEARCH).toolChoice(ToolChoice.REQUIRED)))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void a_choice_of_a_tool_that_was_not_offered_is_refused() {
        assertThatThrownBy(() -> chat(request(READ).toolChoice(ToolChoice.function("write"))))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("write");
    }

    @Test
    void a_choice_of_a_custom_tool_is_one_of_its_function() {
        assertThat(chat(request(PATCH).toolChoice(new ToolChoice.Custom("apply_patch"))).request().toolChoice())
                .contains(ToolChoice.function("apply_patch"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "read", "mcp__read", "mcp.read" })
    void a_choice_finds_a_tool_in_its_namespace(String name) {
        assertThat(chat(request(space("mcp", READ)).toolChoice(ToolChoice.function(name))).request().toolChoice())
                .contains(ToolChoice.function("mcp__read"));
    }

    @Test
    void only_the_allowed_tools_are_offered() {
        ToolChoice allowed = new ToolChoice.Allowed(ToolChoice.Mode.REQUIRED,
                List.of(new ToolChoice.Function("read"), new ToolChoice.Custom("apply_patch")));
        LlmRequest request = chat(request(READ, Tool.function("write", ""), PATCH).toolChoice(allowed)).request();
        assertThat(request.tools()).extracting(tool -> ((Tool.Function) tool).name()).containsExactly("read", "apply_patch");
        assertThat(request.toolChoice()).contains(ToolChoice.REQUIRED);
    }

    @Test
    void an_allowed_tool_that_is_not_there_is_noted() {
        ToolChoice allowed = new ToolChoice.Allowed(ToolChoice.Mode.AUTO,
                List.of(new ToolChoice.Opaque(RawJson.of("{\"type\":\"web_search\"}"))));
        Translation translation = chat(request(READ).toolChoice(allowed));
        assertThat(translation.request().tools()).isEmpty();
        assertThat(translation.request().toolChoice()).isEmpty();
        assertThat(notes(translation)).singleElement().asString()
                .startsWith("tool_choice.tools[0]: The allowed tool web_search");
    }

    @Test
    void demanded_calls_without_any_allowed_tool_are_refused() {
        ToolChoice allowed = new ToolChoice.Allowed(ToolChoice.Mode.REQUIRED, List.of());
        assertThatThrownBy(() -> chat(request(READ).toolChoice(allowed))).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void parameters_that_do_not_say_so_are_said_to_be_an_object() {
        RawJson schema = RawJson.of("{\"properties\":{\"a\":{}}}");
        Tool.Function tool = (Tool.Function) chat(request(Tool.function("f", "", schema))).request().tools().get(0);
        assertThat(tool.parameters()).contains(RawJson.of("{\"type\":\"object\",\"properties\":{\"a\":{}}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a__f", "a.f", "g g", "a__g g", "a.g g" })
    void a_tool_in_a_namespace_is_chosen_by_its_name_or_by_both(String name) {
        Translation translation = chat(request(space("a", Tool.function("f", ""), Tool.function("g g", "")),
                space("b", Tool.function("f", ""))).toolChoice(ToolChoice.function(name)));
        String chosen = names(translation).get(name.endsWith("f") ? 0 : 1);
        assertThat(translation.request().toolChoice()).contains(ToolChoice.function(chosen));
    }

    @Test
    void numbers_and_names_of_a_schema_stay_to_the_letter_where_its_type_is_added() {
        RawJson schema = RawJson.of("{\"a \\\"b\\\"\": [1.10, 1e400, \"\\u00e9\"], \"type\": null}");
        Tool.Function tool = (Tool.Function) chat(request(Tool.function("f", "", schema))).request().tools().get(0);
        assertThat(tool.parameters().orElseThrow().text())
                .isEqualTo("{\"type\":\"object\",\"a \\\"b\\\"\":[1.10, 1e400, \"\\u00e9\"]}");
    }

    @Test
    void a_schema_and_a_grammar_may_be_of_any_length() {
        String text = "x".repeat(20_000_001);
        RawJson schema = RawJson.verbatim("{\"description\":\"" + text + "\"}");
        RawJson grammar = RawJson.verbatim("{\"type\":\"grammar\",\"definition\":\"" + text + "\"}");
        List<Tool> tools = chat(request(Tool.function("f", "", schema),
                new Tool.Custom("c", Optional.empty(), Optional.of(grammar)))).request().tools();
        assertThat(((Tool.Function) tools.get(0)).parameters().orElseThrow().text().length()).isGreaterThan(text.length());
        assertThat(((Tool.Function) tools.get(1)).description().orElseThrow().endsWith(text)).isTrue();
    }

    @Test
    void a_schema_of_an_object_stays_to_the_letter() {
        RawJson schema = RawJson.of("{ \"properties\" : {},\"type\":\"object\"}");
        assertThat(((Tool.Function) chat(request(Tool.function("f", "", schema))).request().tools().get(0)).parameters())
                .contains(schema);
    }

    @Test
    void earlier_calls_have_the_names_of_the_offered_functions() {
        ToolCall call = ToolCall.builder("c1", "read").namespace("mcp").arguments("{}").build();
        List<Item> input = chat(request(space("mcp", READ)).item(call).toolOutput("c1", "text")).request().input();
        assertThat(input.get(1)).isEqualTo(ToolCall.function("c1", "mcp__read", "{}"));
    }

    @Test
    void earlier_calls_of_tools_that_are_not_offered_any_more_have_the_same_names_as_before() {
        ToolCall call = ToolCall.builder("c1", "read").namespace("mcp").arguments("{}").build();
        List<Item> input = chat(request().item(call).toolOutput("c1", "text")).request().input();
        assertThat(input.get(1)).isEqualTo(ToolCall.function("c1", "mcp__read", "{}"));
    }

    @Test
    void earlier_calls_of_custom_tools_are_calls_of_functions() {
        List<Item> input = chat(request(PATCH).item(ToolCall.custom("c1", "apply_patch", "a \"b\"\n")).toolOutput("c1", "done"))
                .request().input();
        assertThat(input.subList(1, 3)).containsExactly(
                ToolCall.function("c1", "apply_patch", "{\"input\":\"a \\\"b\\\"\\n\"}"), ToolOutput.of("c1", "done"));
    }

    @Test
    void a_server_of_the_Responses_API_gets_all_tools_as_they_are() {
        Tool.Namespace space = space("mcp", READ);
        ToolChoice allowed = new ToolChoice.Allowed(ToolChoice.Mode.AUTO, List.of(new ToolChoice.Function("read")));
        LlmRequest request = request(space, PATCH, SEARCH).toolChoice(allowed)
                .item(ToolCall.custom("c1", "apply_patch", "x")).toolOutput("c1", "done").build();
        Translation translation = Translations.of(request, Providers.RESPONSES);
        assertThat(translation.request()).isEqualTo(request);
        assertThat(translation.degradations()).isEmpty();
    }

    @Test
    void a_server_of_the_Responses_API_that_takes_functions_alone_gets_functions() {
        ProviderTraits llama = Providers.traits(Preset.LLAMA_CPP, WireApi.RESPONSES);
        Translation translation = Translations.of(request(space("mcp", READ), PATCH, SEARCH).build(), llama);
        assertThat(names(translation)).containsExactly("mcp__read", "apply_patch");
    }
}
