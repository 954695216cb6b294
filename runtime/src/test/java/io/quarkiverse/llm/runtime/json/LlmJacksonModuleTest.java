package io.quarkiverse.llm.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;

class LlmJacksonModuleTest {

    /** What an application may have around our types. */
    record Turn(String user, LlmRequest request, List<Item> history, Map<String, LlmEvent> last) {
    }

    private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(Module.class)).hasAtLeastOneElementOfType(LlmJacksonModule.class);
    }

    @Test
    void everyKindIsKnown() throws JsonProcessingException {
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> type : List.of(Item.class, Content.class, Tool.class, ToolChoice.class, OutputFormat.class,
                LlmEvent.class)) {
            addKinds(type, kinds);
        }
        assertThat(kinds).hasSizeGreaterThan(30);
        for (Class<?> kind : kinds) {
            assertThatThrownBy(() -> mapper.readValue("7", kind)).as(kind.getName())
                    .isInstanceOf(JsonMappingException.class).hasMessageStartingWith("The value must be ");
        }
    }

    private static void addKinds(Class<?> type, List<Class<?>> kinds) {
        kinds.add(type);
        if (type.isSealed()) {
            for (Class<?> kind : type.getPermittedSubclasses()) {
                addKinds(kind, kinds);
            }
        }
    }

    @Test
    void listsAreWrittenWithoutTheirElementType() throws JsonProcessingException {
        List<?> erased = List.of(Message.user("a"), ToolCall.function("c", "f", "{}"), Tool.function("t", "d"),
                ToolChoice.AUTO, ToolChoice.function("f"), OutputFormat.TEXT);
        assertThat(mapper.writeValueAsString(erased)).isEqualTo("""
                [{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]},\
                {"type":"function_call","name":"f","call_id":"c","arguments":"{}"},\
                {"type":"function","name":"t","description":"d"},"auto",{"type":"function","name":"f"},{"type":"text"}]""");
    }

    @Test
    void listsAreReadByTheirElementType() throws JsonProcessingException {
        List<Item> items = List.of(Message.user("a"), ToolCall.function("c", "f", "{}"));
        String json = mapper.writerFor(new TypeReference<List<Item>>() {
        }).writeValueAsString(items);
        assertThat(mapper.readValue(json, new TypeReference<List<Item>>() {
        })).isEqualTo(items);
    }

    @Test
    void eventsAreWrittenOneByOne() throws IOException {
        List<LlmEvent> events = List.of(new LlmEvent.ResponseStarted("r", "m", Instant.EPOCH),
                new LlmEvent.TextDelta("i", 0, 0, "a", Optional.empty()));
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (SequenceWriter writer = mapper.writerFor(LlmEvent.class).withRootValueSeparator("\n").writeValues(lines)) {
            writer.writeAll(events);
        }
        assertThat(mapper.readerFor(LlmEvent.class).<LlmEvent> readValues(lines.toByteArray()).readAll()).isEqualTo(events);
        assertThat(lines.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void typesAreReadAsFieldsOfOthers() throws JsonProcessingException {
        Turn turn = new Turn("me", LlmRequest.of("a"), List.of(Message.assistant("b")),
                Map.of("x", new LlmEvent.RefusalDelta("i", 0, 0, "no")));
        assertThat(mapper.readValue(mapper.writeValueAsString(turn), Turn.class)).isEqualTo(turn);
        assertThat(mapper.readValue("{\"user\":\"me\",\"request\":null}", Turn.class))
                .isEqualTo(new Turn("me", null, null, null));
    }

    @Test
    void bytesAndPrettyTextAreReadToo() throws IOException {
        LlmRequest request = LlmRequest.builder().user("é😀").extraBody("a", RawJson.of("{\"b\":[1.50,\"\\n\"]}")).build();
        ObjectMapper pretty = mapper.copy().enable(SerializationFeature.INDENT_OUTPUT);
        assertThat(mapper.readValue(pretty.writeValueAsBytes(request), LlmRequest.class)).isEqualTo(request);
        assertThat(mapper.readValue(new ByteArrayInputStream(pretty.writeValueAsBytes(request)), LlmRequest.class))
                .isEqualTo(request);
    }

    @Test
    void treesHoldTheContent() throws JsonProcessingException {
        Item item = new OpaqueItem("compaction", RawJson.of("{\"type\":\"compaction\",\"a\":[1,{\"b\":null}]}"));
        JsonNode tree = mapper.valueToTree(item);
        assertThat(tree.at("/a/0").intValue()).isEqualTo(1);
        assertThat(mapper.treeToValue(tree, Item.class)).isEqualTo(item);
        assertThat(mapper.convertValue(item, OpaqueItem.class)).isEqualTo(item);

        LlmRequest request = LlmRequest.builder().item(item).metadata("😀", "1").temperature(0.1)
                .extraBody("top_k", RawJson.of("1.50")).build();
        assertThat(mapper.convertValue(request, LlmRequest.class)).isEqualTo(request);
        LlmResponse response = LlmResponse.builder().id("r").model("m").createdAt(Instant.parse("2025-03-08T23:29:02.1Z"))
                .item(item).build();
        assertThat(mapper.treeToValue(mapper.valueToTree(response), LlmResponse.class)).isEqualTo(response);
    }

    @Test
    void numbersKeepTheirText() throws JsonProcessingException {
        String json = "{\"type\":\"x\",\"n\":[1.50,1E+2,-0.0,12345678901234567890,0.1000000000000000055511151231257827]}";
        assertThat(mapper.readValue(json, Item.class)).isEqualTo(new OpaqueItem("x", RawJson.of(json)));
    }

    @Test
    void halvesOfCharactersStayEscaped() throws IOException {
        String json = "{\"type\":\"x\",\"a\":\"\\uD83D \\uDE00 😀\",\"\\uD83D\":1}";
        Item item = mapper.readValue(json, Item.class);
        assertThat(item).isEqualTo(new OpaqueItem("x", RawJson.of(json)));
        assertThat(mapper.writeValueAsBytes(item)).asString(StandardCharsets.UTF_8).isEqualTo(json);
    }

    @Test
    void rawJsonIsAnyValue() throws JsonProcessingException {
        assertThat(mapper.readValue("{\"a\":[1.0]}", RawJson.class)).isEqualTo(RawJson.of("{\"a\":[1.0]}"));
        assertThat(mapper.writeValueAsString(Map.of("a", RawJson.of("[ 1 ]")))).isEqualTo("{\"a\":[ 1 ]}");
    }

    @Test
    void defaultTypingLeavesTheFormAlone() throws JsonProcessingException {
        ObjectMapper typing = mapper.copy().activateDefaultTyping(
                BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
                ObjectMapper.DefaultTyping.NON_FINAL);
        Message message = Message.user("a");
        assertThat(typing.writeValueAsString(message)).isEqualTo(mapper.writeValueAsString(message));
        assertThat(typing.readValue(mapper.writeValueAsString(message), Item.class)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"id\":", "{\"id\":\"x\"", "{\"id\" 1}" })
    void brokenTextIsJacksonsMatter(String text) {
        assertThatThrownBy(() -> mapper.readValue(text, LlmResponse.class)).isInstanceOf(JsonParseException.class);
    }

    @Test
    void failuresTellWhereInTheirFieldsTheyAre() {
        assertThatThrownBy(() -> mapper.readValue("{\"request\":{\"input\":[{\"role\":\"x\"}]}}", Turn.class))
                .isInstanceOf(JsonMappingException.class).hasMessageStartingWith("\"input[0].role\" must be one of ")
                .hasMessageContaining("[\"request\"]").hasCauseInstanceOf(JsonShapeException.class);
    }
}
