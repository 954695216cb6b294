package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
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

class ChatRequestPropertyTest {

    private static final String[] NAMES = { "role", "content", "type", "text", "image_url", "url", "detail", "file",
            "file_data",
            "file_id", "input_audio", "data", "format", "refusal", "reasoning", "reasoning_content", "thinking", "tool_calls",
            "id", "function", "custom", "name", "arguments", "input", "tool_call_id", "function_call", "audio" };
    private static final Object[] VALUES = { "user", "assistant", "system", "tool", "function", "custom", "text", "image_url",
            "input_audio", "file", "thinking", "refusal", "c1", "{}", "", "\uD83D", true, 1, -1.5e30, null };

    /** JSON of the words that messages are made of, put together in any way. */
    @Provide
    Arbitrary<JsonObject> messages() {
        return Arbitraries.randoms().map(random -> object(random, 4));
    }

    private static JsonObject object(Random random, int depth) {
        JsonObject object = new JsonObject();
        for (int i = random.nextInt(7); i > 0; i--) {
            object.put(NAMES[random.nextInt(NAMES.length)], value(random, depth - 1));
        }
        if (random.nextInt(3) > 0) {
            object.put(depth == 4 ? "role" : "type", VALUES[random.nextInt(depth == 4 ? 5 : 12)]);
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(6)) {
            case 4 -> object(random, depth);
            case 5 -> array(random, depth);
            default -> VALUES[random.nextInt(VALUES.length)];
        };
    }

    private static JsonArray array(Random random, int depth) {
        JsonArray array = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(random, depth - 1));
        }
        return array;
    }

    @Property(tries = 10_000, seed = "42")
    void noHistoryIsRefused(@ForAll("messages") JsonObject first, @ForAll("messages") JsonObject second,
            @ForAll DegradeMode mode) {
        JsonObject question = new JsonObject().put("role", "user").put("content", "Hi");
        String body = new JsonObject().put("messages", JsonArray.of(first, question, second)).encode();

        ReceivedRequest received = Received.of(body, mode);

        assertThat(received.request().input()).contains(Message.user("Hi"));
        assertThat(received.request().input()).filteredOn(ToolCall.class::isInstance).map(ToolCall.class::cast)
                .allSatisfy(call -> assertThat(List.of(call.callId(), call.name())).doesNotContain(""));
        assertThat(received.degradations()).allSatisfy(degradation -> assertThat(degradation.place()).startsWith("messages["));
        // and a provider can be asked, unless there is something that a later stage has to take out
        ChatCodec codec = new ChatCodec(settings());
        if (codec.unsupported(received.request()).isEmpty()) {
            assertThat(codec.encode(received.request(), true)).isNotEmpty();
        }
    }

    @Provide
    Arbitrary<LlmRequest> requests() {
        return FormArbitraries.requests().map(ChatRequestPropertyTest::carried);
    }

    @Provide
    Arbitrary<LlmRequest> conversations() {
        Arbitrary<Item> spoken = Arbitraries.of("Hi", "a\nb", "\"\\").map(Message::user);
        Arbitrary<List<Item>> turns = Combinators.combine(Arbitraries.of("Hm", "Well"), Arbitraries.of("x", "y"),
                Arbitraries.of("c1", "c2"), Arbitraries.of(ToolCall.Kind.class)).as((thought, text, id, kind) -> {
                    ToolCall call = ToolCall.builder(id, "f").kind(kind).arguments("{\"a\":1}").build();
                    return List.of(Reasoning.of(thought), Message.assistant(text), call,
                            ToolOutput.of(call, text));
                });
        return Combinators.combine(spoken, turns, turns, spoken).as((first, one, other, last) -> {
            List<Item> items = new ArrayList<>(List.of(first));
            items.addAll(one);
            items.addAll(other);
            items.add(last);
            return LlmRequest.builder().model("m").items(items).build();
        });
    }

    private static ProviderSettings settings() {
        return TestSettings.of("http://localhost").preset(Preset.OPENAI)
                .quirk(Quirk.REASONING_FIELD, ReasoningField.REASONING_CONTENT).build();
    }

    @Property(tries = 300, seed = "42")
    void aConversationComesBackItemByItem(@ForAll("conversations") LlmRequest request) {
        assertThat(decoded(new ChatCodec(settings()).encode(request, false)).request()).isEqualTo(request);
    }

    @Property(tries = 1_000, seed = "42")
    void whatChatCompletionsCarriesIsKept(@ForAll("requests") LlmRequest request) {
        ChatCodec codec = new ChatCodec(settings());
        byte[] body = codec.encode(request, true);

        ReceivedRequest received = decoded(body);

        assertThat(received.degradations()).isEmpty();
        assertThat(received.unknownFields()).isEmpty();
        assertThat(received.stream()).isTrue();
        assertThat(new String(codec.encode(received.request(), true), StandardCharsets.UTF_8))
                .isEqualTo(new String(body, StandardCharsets.UTF_8));
    }

    private static ReceivedRequest decoded(byte[] body) {
        return Received.CODEC.decode(body, DegradeMode.PLACEHOLDER);
    }

    /** The same without what Chat Completions has no place for. */
    private static LlmRequest carried(LlmRequest request) {
        List<Tool> tools = request.tools().stream()
                .filter(tool -> tool instanceof Tool.Function || tool instanceof Tool.Custom).toList();
        LlmRequest.Builder carried = LlmRequest.builder()
                .model(request.model().filter(name -> !name.isBlank()).orElse(null)).user("Hi")
                .instructions(request.instructions().filter(text -> !text.isEmpty()).orElse(null))
                .options(request.options().toBuilder().reasoningSummary(null).build())
                .tools(tools).outputFormat(request.outputFormat().orElse(null)).store(request.store().orElse(null))
                .toolChoice(request.toolChoice().filter(choice -> choice instanceof ToolChoice.Mode && !tools.isEmpty())
                        .orElse(null))
                .promptCacheKey(request.promptCacheKey().orElse(null))
                .safetyIdentifier(request.safetyIdentifier().orElse(null)).serviceTier(request.serviceTier().orElse(null));
        request.metadata().forEach(carried::metadata);
        request.input().forEach(item -> carried(item).ifPresent(carried::item));
        return carried.build();
    }

    private static Optional<Item> carried(Item item) {
        if (item instanceof Message message) {
            List<Content> content = carried(message.content());
            return content.isEmpty() ? Optional.empty() : Optional.of(Message.of(message.role(), content));
        } else if (item instanceof ToolCall call) {
            return Optional.of(ToolCall.builder("c" + call.callId(), "f" + call.name()).kind(call.kind())
                    .arguments(call.arguments()).build());
        } else if (item instanceof ToolOutput output) {
            return Optional.of(ToolOutput.of("c" + output.callId(), carried(output.content())).withKind(output.kind()));
        }
        return item instanceof Reasoning ? Optional.of(item) : Optional.empty();
    }

    private static List<Content> carried(List<Content> content) {
        List<Content> carried = new ArrayList<>(content);
        carried.removeIf(part -> part instanceof Content.Image image && image.url().filter(url -> !url.isEmpty()).isEmpty()
                || part instanceof Content.File file
                        && (file.fileId().or(file::data).isEmpty()
                                || Stream.of(file.fileId(), file.data()).flatMap(Optional::stream)
                                        .anyMatch(String::isEmpty))
                || part instanceof Content.Text text && text.text().isEmpty()
                || part instanceof Content.Refusal refusal && refusal.refusal().isEmpty());
        return carried;
    }
}
