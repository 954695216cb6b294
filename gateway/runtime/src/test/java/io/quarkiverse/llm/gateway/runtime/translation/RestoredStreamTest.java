package io.quarkiverse.llm.gateway.runtime.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ItemComplete;
import io.quarkiverse.llm.LlmEvent.ItemStarted;
import io.quarkiverse.llm.LlmEvent.OfItem;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ToolCallArgumentsDelta;
import io.quarkiverse.llm.LlmEvent.ToolCallComplete;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Streams of Chat Completions, read as the client of a provider reads them, with the tools of the gateway's client in them. */
class RestoredStreamTest {

    private static final List<Tool> TOOLS = List.of(
            new Tool.Namespace("mcp__files", "", List.of(Tool.function("read", ""))),
            new Tool.Custom("apply_patch", Optional.empty(), Optional.empty()), Tool.function("forbidden", ""),
            Tool.function("plain", ""));
    private static final ToolChoice ALLOWED = new ToolChoice.Allowed(ToolChoice.Mode.AUTO,
            List.of(new ToolChoice.Function("read"), new ToolChoice.Custom("apply_patch"), new ToolChoice.Function("plain")));

    private record Piece(String text, int call, String name, String arguments) {
    }

    private static String chunk(Piece piece) {
        JsonObject delta = new JsonObject();
        if (piece.call < 0) {
            delta.put("content", piece.text);
        } else {
            JsonObject function = new JsonObject().put("arguments", piece.arguments);
            JsonObject call = new JsonObject().put("index", piece.call).put("function", function);
            if (piece.name != null) {
                call.put("id", "call_" + piece.call).put("type", "function");
                function.put("name", piece.name);
            }
            delta.put("tool_calls", new JsonArray().add(call));
        }
        return choice(delta, null);
    }

    private static String choice(JsonObject delta, String finishReason) {
        return new JsonObject().put("id", "chatcmpl-1").put("object", "chat.completion.chunk").put("model", "m")
                .put("choices", new JsonArray().add(new JsonObject().put("index", 0).put("delta", delta)
                        .put("finish_reason", finishReason)))
                .encode();
    }

    private static List<LlmEvent> stream(List<Piece> pieces) {
        LlmRequest asked = LlmRequest.builder().user("Hello").tools(TOOLS).toolChoice(ALLOWED).build();
        Translation translation = Translations.of(asked, Providers.CHAT);
        List<LlmEvent> seen = new ArrayList<>();
        ResponseDecoder decoder = new ChatCodec(Providers.settings(Preset.GENERIC, WireApi.CHAT_COMPLETIONS))
                .decoder(translation.request(), translation.restoring(seen::add));
        pieces.forEach(piece -> send(decoder, chunk(piece)));
        send(decoder, choice(new JsonObject(), "tool_calls"));
        send(decoder, "[DONE]");
        decoder.end();
        return seen;
    }

    private static void send(ResponseDecoder decoder, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        decoder.event("", bytes, 0, bytes.length);
    }

    private static LlmResponse response(List<LlmEvent> seen) {
        return ((ResponseCompleted) seen.get(seen.size() - 1)).response();
    }

    @Test
    void a_custom_call_and_one_of_a_namespace_come_back_as_they_were_offered() {
        LlmResponse response = response(stream(List.of(new Piece("Well", -1, null, null),
                new Piece(null, 0, "apply_patch", ""), new Piece(null, 0, null, "{\"input\":\"*** Begin"),
                new Piece(null, 0, null, " Patch\\n\"}"), new Piece(null, 1, "forbidden", "{}"),
                new Piece(null, 2, "mcp__files__read", "{\"path\":\"a\"}"))));
        assertThat(response.output()).hasSize(3);
        assertThat(((Message) response.output().get(0)).text()).isEqualTo("Well");
        assertThat(response.toolCalls()).extracting(ToolCall::kind, ToolCall::namespace, ToolCall::name, ToolCall::arguments)
                .containsExactly(
                        tuple(ToolCall.Kind.CUSTOM, Optional.empty(), "apply_patch",
                                "*** Begin Patch\n"),
                        tuple(ToolCall.Kind.FUNCTION, Optional.of("mcp__files"), "read",
                                "{\"path\":\"a\"}"));
    }

    @Provide
    Arbitrary<List<Piece>> answers() {
        Arbitrary<List<String>> arguments = Arbitraries
                .of("{\"input\":\"a\\n\\ud83d\\ude00b\"}", "{\"other\":1,\"input\":\"x\"}",
                        "{\"other\":\"x\"}", "{}", "{\"input\":\"cut", "no json")
                .flatMap(
                        whole -> Arbitraries.integers().between(1, 6).map(size -> cut(whole, size)));
        Arbitrary<List<Piece>> calls = Combinators.combine(
                Arbitraries.of("apply_patch", "mcp__files__read", "forbidden", "plain", "unknown"), arguments)
                .as((name, pieces) -> {
                    List<Piece> call = new ArrayList<>(List.of(new Piece(null, 0, name, "")));
                    pieces.forEach(piece -> call.add(new Piece(null, 0, null, piece)));
                    return call;
                });
        Arbitrary<List<Piece>> texts = Arbitraries.just(List.of(new Piece("Well", -1, null, null)));
        return Arbitraries.oneOf(calls, calls, calls, texts).list().ofMinSize(1).ofMaxSize(5).map(RestoredStreamTest::joined);
    }

    private static List<String> cut(String whole, int size) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < whole.length(); i += size) {
            pieces.add(whole.substring(i, Math.min(whole.length(), i + size)));
        }
        return pieces;
    }

    private static List<Piece> joined(List<List<Piece>> parts) {
        List<Piece> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int index = i;
            parts.get(i)
                    .forEach(piece -> all.add(piece.call < 0 ? piece : new Piece(null, index, piece.name, piece.arguments)));
        }
        return all;
    }

    @Property(tries = 1000)
    void the_events_of_an_answer_agree_with_each_other(@ForAll("answers") List<Piece> pieces) {
        List<LlmEvent> seen = stream(pieces);
        Map<String, StringBuilder> told = new HashMap<>();
        Map<String, Integer> places = new HashMap<>();
        for (LlmEvent event : seen) {
            if (event instanceof ItemStarted started) {
                assertThat(started.outputIndex()).isEqualTo(places.size());
                places.put(started.itemId(), started.outputIndex());
            } else if (event instanceof OfItem item) {
                assertThat(places).containsEntry(item.itemId(), item.outputIndex());
            }
            if (event instanceof ItemComplete complete && complete.item() instanceof ToolCall call) {
                assertThat(told.getOrDefault(complete.itemId(), new StringBuilder())).hasToString(call.arguments());
            } else if (event instanceof ToolCallArgumentsDelta delta) {
                told.computeIfAbsent(delta.itemId(), id -> new StringBuilder()).append(delta.delta());
            } else if (event instanceof ToolCallComplete complete) {
                assertThat(told.getOrDefault(complete.itemId(), new StringBuilder())).hasToString(complete.call().arguments());
            }
        }
        List<Item> items = seen.stream().filter(ItemComplete.class::isInstance)
                .sorted((one, other) -> ((OfItem) one).outputIndex() - ((OfItem) other).outputIndex())
                .map(event -> ((ItemComplete) event).item()).toList();
        assertThat(response(seen).output()).isEqualTo(items);
        assertThat(items).noneMatch(item -> item instanceof ToolCall call && call.name().equals("forbidden"));
    }
}
