package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.llm.GenerationOptions;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

class ChatRequestDecoderTest {

    private static final String TOOLS = "'tools':[{'type':'function','function':{'name':'weather','description':'d',"
            + "'parameters':{'type':'object'},'strict':true}},{'type':'custom','custom':{'name':'sql'}}]";

    private static GenerationOptions options(String fields) {
        return Received.with(fields).request().options();
    }

    @Test
    void theSmallestRequest() {
        ReceivedRequest received = Received.of("{'model':'m','messages':[{'role':'user','content':'Hi'}]}");

        assertThat(received.request()).isEqualTo(LlmRequest.builder().model("m").user("Hi").build());
        assertThat(received.stream()).isFalse();
        assertThat(received.includeUsage()).isFalse();
        assertThat(received.degradations()).isEmpty();
    }

    @Test
    void everyOptionIsRead() {
        assertThat(options("'temperature':0.5,'top_p':0.9,'presence_penalty':0.1,'frequency_penalty':-1,'seed':7,"
                + "'stop':['a','b'],'max_completion_tokens':100,'parallel_tool_calls':false,'logprobs':true,"
                + "'top_logprobs':3,'reasoning_effort':'low','verbosity':'high'"))
                .isEqualTo(GenerationOptions.builder().temperature(0.5).topP(0.9).presencePenalty(0.1)
                        .frequencyPenalty(-1.0).seed(7L).stop("a", "b").maxOutputTokens(100L).parallelToolCalls(false)
                        .topLogprobs(3).reasoningEffort("low").verbosity("high").build());
    }

    @Test
    void aFieldThatIsNullIsNotSaid() {
        ReceivedRequest received = Received.with("'temperature':null,'stop':null,'tools':null,'tool_choice':null,"
                + "'response_format':null,'n':null,'stream':null,'stream_options':null,'user':null,'functions':null");

        assertThat(received).isEqualTo(Received.of("{'model':'m','messages':[{'role':'user','content':'Hi'}]}"));
    }

    @Test
    void theOlderLimitCountsWhereTheNewerIsNotSaid() {
        assertThat(options("'max_tokens':5").maxOutputTokens()).contains(5L);
        assertThat(options("'max_tokens':5,'max_completion_tokens':6").maxOutputTokens()).contains(6L);
    }

    @Test
    void oneStopSequenceNeedsNoList() {
        assertThat(options("'stop':'END'").stop()).containsExactly("END");
    }

    @Test
    void logProbabilitiesMayComeWithoutAlternatives() {
        assertThat(options("'logprobs':true").topLogprobs()).contains(0);
        assertThat(options("'logprobs':false,'top_logprobs':0").topLogprobs()).isEmpty();
    }

    @Test
    void aStreamMayEndWithItsUsage() {
        assertThat(Received.with("'stream':true").stream()).isTrue();
        assertThat(Received.with("'stream':true,'stream_options':{'include_usage':true}").includeUsage()).isTrue();
    }

    @Test
    void whatTheServerShallKnowBesides() {
        LlmRequest request = Received.with("'store':true,'metadata':{'a':'1','n':2},'service_tier':'flex',"
                + "'prompt_cache_key':'k','safety_identifier':'s'").request();

        assertThat(request).isEqualTo(LlmRequest.builder().model("m").user("Hi").store(true).metadata("a", "1")
                .metadata("n", "2").serviceTier("flex").promptCacheKey("k").safetyIdentifier("s").build());
    }

    @Test
    void toolsAreReadFromTheirNestedForm() {
        assertThat(Received.with(TOOLS).request().tools()).containsExactly(
                new Tool.Function("weather", Optional.of("d"), Optional.of(RawJson.of("{\"type\":\"object\"}")),
                        Optional.of(true)),
                new Tool.Custom("sql", Optional.empty(), Optional.empty()));
    }

    @Test
    void theGrammarOfACustomToolIsReadAsTheModelHasIt() {
        Tool.Custom tool = (Tool.Custom) Received.with("'tools':[{'type':'custom','custom':{'name':'sql','format':"
                + "{'type':'grammar','grammar':{'syntax':'lark','definition':'x'}}}}]").request().tools().get(0);

        assertThat(tool.format().orElseThrow().toJsonObject().getMap())
                .isEqualTo(Map.of("type", "grammar", "syntax", "lark", "definition", "x"));
    }

    @Test
    void theFunctionsOfBeforeAreTools() {
        LlmRequest request = Received.with("'functions':[{'name':'weather','parameters':{}}],"
                + "'function_call':{'name':'weather'}").request();

        assertThat(request.tools()).containsExactly(new Tool.Function("weather", Optional.empty(),
                Optional.of(RawJson.of("{}")), Optional.empty()));
        assertThat(request.toolChoice()).contains(ToolChoice.function("weather"));
        assertThat(Received.with("'functions':[],'function_call':'none'").request().toolChoice()).contains(ToolChoice.NONE);
    }

    @Test
    void everyFormOfAToolChoiceIsRead() {
        assertThat(choice("'required'")).contains(ToolChoice.REQUIRED);
        assertThat(choice("'none'")).contains(ToolChoice.NONE);
        assertThat(choice("{'type':'function','function':{'name':'weather'}}")).contains(ToolChoice.function("weather"));
        assertThat(choice("{'type':'custom','custom':{'name':'sql'}}")).contains(new ToolChoice.Custom("sql"));
        assertThat(choice("{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':["
                + "{'type':'function','function':{'name':'weather'}}]}}"))
                .contains(new ToolChoice.Allowed(ToolChoice.Mode.REQUIRED,
                        List.of(new ToolChoice.Function("weather"))));
    }

    private static Optional<ToolChoice> choice(String choice) {
        return Received.with(TOOLS + ",'tool_choice':" + choice).request().toolChoice();
    }

    @Test
    void everyFormOfAnAnswerIsRead() {
        assertThat(format("{'type':'text'}")).contains(OutputFormat.TEXT);
        assertThat(format("{'type':'json_object'}")).contains(OutputFormat.JSON);
        assertThat(format("{'type':'json_schema','json_schema':{'name':'n','schema':{},'strict':true}}"))
                .contains(OutputFormat.jsonSchema("n", RawJson.of("{}")));
    }

    private static Optional<OutputFormat> format(String format) {
        return Received.with("'response_format':" + format).request().outputFormat();
    }

    @Test
    void whatOnlyThisApiKnowsIsKeptApartFromWhatNobodyDescribes() {
        ReceivedRequest received = Received.with("'user':'u','logit_bias':{'1': 2},'modalities':['text'],'top_k':40");

        assertThat(received.apiFields()).containsExactly(Map.entry("user", RawJson.of("\"u\"")),
                Map.entry("logit_bias", RawJson.of("{\"1\": 2}")), Map.entry("modalities", RawJson.of("[\"text\"]")));
        assertThat(received.unknownFields()).containsExactly(Map.entry("top_k", RawJson.of("40")));
    }

    @Test
    void aConversationNeedsMessages() {
        assertRefused(Received.refused("{'model':'m'}"), "messages", "missing_required_parameter");
        assertRefused(Received.refused("{'messages':null}"), "messages", "missing_required_parameter");
        assertRefused(Received.refused("{'messages':'Hi'}"), "messages", "invalid_type");
        assertRefused(Received.refused("{'messages':[]}"), "messages", "invalid_value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'n':2 | n | unsupported_value",
            "'modalities':['text','audio'] | modalities | unsupported_value",
            "'temperature':'hot' | temperature | invalid_type",
            "'temperature':1e999 | temperature | invalid_value",
            "'stop':[1] | stop[0] | invalid_type",
            "'max_tokens':1.5 | max_tokens | invalid_type",
            "'stream':'yes' | stream | invalid_type",
            "'model':7 | model | invalid_type",
            "'tools':{} | tools | invalid_type",
            "'tools':[{'type':'function','function':{}}] | tools[0].function.name | missing_required_parameter",
            "'tools':[{}] | tools[0].type | missing_required_parameter",
            "'tool_choice':'any' | tool_choice | invalid_value",
            "'tool_choice':{'type':'function','function':{'name':'f'}} | tool_choice | invalid_value",
            "'tool_choice':{'type':'web_search'} | tool_choice | invalid_value",
            "'functions':[{'name':'f'}],'function_call':{'name':'g'} | function_call | invalid_value",
            "'response_format':{'type':'xml'} | response_format.type | invalid_value",
            "'response_format':{'type':'json_schema','json_schema':{'name':'n'}}"
                    + " | response_format.json_schema.schema | missing_required_parameter" })
    void aWrongRequestIsRefusedWithItsField(String fields, String param, String code) {
        assertRefused(Received.refusedWith(fields), param, code);
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() {
        for (String body : List.of("", "{", "{'messages':[]} x", "\u0000", "[".repeat(100_000))) {
            assertRefused(Received.refused(body), null, "invalid_json");
        }
        assertRefused(Received.refused("[]"), null, "invalid_type");
    }

    private static void assertRefused(InvalidRequestException refused, String param, String code) {
        assertThat(refused).isNotNull();
        assertThat(refused.param()).isEqualTo(Optional.ofNullable(param));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.getMessage()).isNotBlank();
    }

    @Test
    void aLaterMessageOfTheUserIsOneMore() {
        assertThat(Received.ofMessages("{'role':'user','content':'a'},{'role':'user','content':'b'}").request().input())
                .containsExactly(Message.user("a"), Message.user("b"));
    }
}
