package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningReplay;
import io.quarkiverse.llm.runtime.json.FormArbitraries;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No conversation is refused for what is in it, and what the client's side encodes the server's side decodes. */
class DecodingPropertyTest {

    private static final List<String> TYPES = List.of("message", "function_call", "function_call_output", "reasoning",
            "custom_tool_call", "custom_tool_call_output", "item_reference", "additional_tools", "web_search_call",
            "compaction", "input_text", "output_text", "refusal", "input_image", "input_file", "input_audio", "summary_text",
            "function", "namespace", "user", "assistant", "developer", "tool", "completed", "call_1", "", " ", "\u0000",
            "\ud83d");
    private static final List<String> NAMES = List.of("type", "role", "content", "id", "call_id", "name", "arguments", "output",
            "input", "summary", "encrypted_content", "status", "text", "refusal", "image_url", "file_id", "file_url",
            "file_data", "filename", "input_audio", "data", "format", "annotations", "logprobs", "tools", "namespace", "phase",
            "detail", "url", "parameters", "strict", "description", "tool_call_id");

    @Provide
    Arbitrary<List<Object>> items() {
        return values(2).list().ofMaxSize(4);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaves = Arbitraries.oneOf(Arbitraries.of(TYPES).map(Object.class::cast),
                Arbitraries.of(0, -1.5, true, false, Long.MAX_VALUE).map(Object.class::cast),
                Arbitraries.strings().ofMaxLength(4).map(Object.class::cast), Arbitraries.just((Object) null));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Object> inner = values(depth - 1);
        Arbitrary<Object> objects = Combinators.combine(Arbitraries.of(TYPES),
                Arbitraries.maps(Arbitraries.of(NAMES), inner.injectNull(0.2)).ofMaxSize(7)).as((type, fields) -> {
                    JsonObject object = new JsonObject();
                    object.put("type", type);
                    fields.forEach(object::put);
                    return object;
                });
        Arbitrary<Object> lists = inner.list().ofMaxSize(3).map(JsonArray::new);
        return Arbitraries.frequencyOf(Tuple.of(1, leaves), Tuple.of(5, objects),
                Tuple.of(2, lists));
    }

    @Property(tries = 500)
    void noItemEndsAConversation(@ForAll("items") List<Object> items, @ForAll DegradeMode mode) {
        JsonArray input = new JsonArray().add(new JsonObject().put("role", "user").put("content", "Hi"));
        items.forEach(input::add);

        ReceivedRequest received = new ResponsesServerCodec(ReasoningDialect.SUMMARY).decode(
                new JsonObject().put("input", input).encode().getBytes(StandardCharsets.UTF_8), mode);

        assertThat(received.request().input().get(0)).isEqualTo(Message.user("Hi"));
        received.request().input().forEach(item -> {
            item.id();
            item.status();
            assertThat(item instanceof ToolCall call && (call.callId().isBlank() || call.name().isBlank())
                    || item instanceof ToolOutput output && output.callId().isBlank()).isFalse();
        });
    }

    @Provide
    Arbitrary<LlmRequest> requests() {
        return FormArbitraries.requests();
    }

    @Property(tries = 500)
    void whatTheClientsSideEncodesTheServersSideDecodes(@ForAll("requests") LlmRequest asked, @ForAll boolean stream) {
        LlmRequest request = carried(ResponsesEncodingPropertyTest.encodable(asked));
        ProviderSettings settings = Bodies.settings(Preset.OPENAI)
                .quirk(Quirk.REASONING_REPLAY, ReasoningReplay.AS_RECEIVED).build();

        ReceivedRequest received = new ResponsesServerCodec(ReasoningDialect.SUMMARY)
                .decode(new ResponsesRequestEncoder(settings).encode(request, stream), DegradeMode.PLACEHOLDER);

        assertThat(received.request().input()).isEqualTo(request.input());
        assertThat(received.request()).isEqualTo(request);
        assertThat(received.stream()).isEqualTo(stream);
        assertThat(received.apiFields()).isEmpty();
        assertThat(received.unknownFields()).isEmpty();
        assertThat(received.degradations()).isEmpty();
    }

    /** The request without what is refused, or cannot be what it says: empty ids and URLs, tools that are not there. */
    private static LlmRequest carried(LlmRequest asked) {
        LlmRequest request = Kept.of(asked);
        return request.toBuilder().model(request.model().filter(name -> !name.isBlank()).orElse("m"))
                .input(request.input().stream().filter(DecodingPropertyTest::isCarried).map(DecodingPropertyTest::carried)
                        .toList())
                .user("Hi").previousResponseId(request.previousResponseId().filter(id -> !id.isBlank()).orElse(null))
                .conversation(request.conversation().filter(id -> !id.isBlank()).orElse(null))
                .toolChoice(request.toolChoice().filter(ToolChoice.Mode.class::isInstance).orElse(null)).build();
    }

    private static boolean isCarried(Item item) {
        if (item instanceof ToolCall call) {
            return !call.callId().isBlank() && !call.name().isBlank();
        } else if (item instanceof ToolOutput output) {
            return !output.callId().isBlank();
        }
        return item.id().filter(String::isBlank).isEmpty();
    }

    private static Item carried(Item item) {
        if (item instanceof Message message) {
            return new Message(message.id(), message.status(), message.role(), carried(message.content()), message.phase());
        } else if (item instanceof ToolOutput output) {
            return new ToolOutput(output.id(), output.status(), output.kind(), output.callId(), carried(output.content()));
        } else if (item instanceof ToolCall call && call.namespace().filter(String::isBlank).isPresent()) {
            return new ToolCall(call.id(), call.status(), call.kind(), Optional.empty(), call.name(), call.callId(),
                    call.arguments());
        }
        return item;
    }

    private static boolean says(Content part) {
        if (part instanceof Content.Image image) {
            return Stream.of(image.fileId(), image.url()).flatMap(Optional::stream).anyMatch(text -> !text.isBlank());
        } else if (part instanceof Content.File file) {
            return Stream.of(file.fileId(), file.url(), file.data()).flatMap(Optional::stream)
                    .anyMatch(text -> !text.isBlank());
        }
        return true;
    }

    private static List<Content> carried(List<Content> content) {
        List<Content> carried = content.stream().filter(DecodingPropertyTest::says).toList();
        return carried.isEmpty() ? List.of(Content.text("")) : carried;
    }
}
