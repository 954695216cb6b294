package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.responses.CanonicalStream;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever an answer holds: who reads its chunks, or the whole of it, gets the same. */
class ChatEventRoundTripPropertyTest {

    /** What an answer says in Chat Completions. */
    record Said(String text, String reasoning, Optional<String> refusal, List<String> calls, List<Annotation> annotations,
            Object logprobs, Object finish, Object usage, Object tier, String model, Object created) {

        /** As it is shown: an empty line divides the parts of the reasoning, whichever items they stand in. */
        static Said of(LlmResponse response) {
            return of(response, response.output().stream().filter(Reasoning.class::isInstance)
                    .map(item -> ((Reasoning) item).text()).filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("\n\n")));
        }

        /** As it was read. */
        static Said read(LlmResponse response) {
            return of(response, response.reasoningText());
        }

        private static Said of(LlmResponse response, String reasoning) {
            List<Content.Text> texts = response.output().stream().filter(Message.class::isInstance)
                    .flatMap(item -> ((Message) item).content().stream()).filter(Content.Text.class::isInstance)
                    .map(Content.Text.class::cast).toList();
            return new Said(response.text(), reasoning, response.refusal(),
                    response.toolCalls().stream()
                            .map(call -> call.kind() + call.callId() + call.name() + call.arguments()).toList(),
                    texts.stream().flatMap(text -> text.annotations().stream()).toList(),
                    texts.stream().flatMap(text -> text.logprobs().stream())
                            .flatMap(array -> array.toJsonArray().stream()).toList(),
                    response.finishReason(), response.usage(), response.serviceTier(), response.model(),
                    response.createdAt());
        }
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("a", "é", "€", "😀", "\n", "\"", "\\", "{", "}", " ").list().ofMinSize(1).ofMaxSize(12)
                .map(characters -> String.join("", characters));
    }

    private static Arbitrary<Item> items() {
        Arbitrary<List<Annotation>> annotations = Arbitraries.of(1, 2).map(n -> new Annotation("url_citation",
                RawJson.of("{\"type\":\"url_citation\",\"url\":\"http://a/" + n + "\"}"))).list().ofMaxSize(2);
        Arbitrary<Content> spoken = Combinators.combine(texts(), annotations,
                Arbitraries.of(RawJson.of("[{\"token\":\"a\",\"logprob\":-0.5}]")).optional(0.3)).as(Content.Text::new);
        Arbitrary<Content> refusals = texts().map(Content.Refusal::new);
        Arbitrary<Item> messages = Arbitraries.oneOf(spoken, refusals).list().ofMinSize(1).ofMaxSize(2)
                .map(content -> Message.of(Role.ASSISTANT, content));
        Arbitrary<Item> reasoning = Combinators.combine(texts().list().ofMaxSize(3), Arbitraries.of(true, false))
                .as((parts, summary) -> new Reasoning(Optional.empty(), Optional.empty(), summary ? parts : List.of(),
                        summary ? List.of() : parts, Optional.empty()));
        Arbitrary<Item> functions = texts()
                .map(text -> ToolCall.function("", "weather", new JsonObject().put("a", text).encode()));
        Arbitrary<Item> customs = texts().map(text -> ToolCall.custom("", "sql", text));
        return Arbitraries.oneOf(messages, reasoning, functions, customs);
    }

    @Provide
    Arbitrary<LlmResponse> responses() {
        return Combinators.combine(items().list().ofMaxSize(5), Arbitraries.of(true, false)).as((items, cut) -> {
            List<Item> output = new ArrayList<>();
            // when an answer was cut, nothing tells whether the free text of a custom call is whole
            items.stream().filter(item -> !cut || !(item instanceof ToolCall call && call.kind() == ToolCall.Kind.CUSTOM))
                    .forEach(item -> output.add(identified(item, output.size())));
            if (cut) {
                output.add(identified(ToolCall.function("", "weather", "{\"a\":"), output.size()));
                output.set(output.size() - 1, ((ToolCall) output.get(output.size() - 1)).toBuilder()
                        .status(ItemStatus.INCOMPLETE).build());
            }
            return CanonicalStream.response(output);
        });
    }

    private static Item identified(Item item, int index) {
        if (item instanceof Message message) {
            return message.withId("msg_" + index);
        } else if (item instanceof Reasoning reasoning) {
            return reasoning.withId("rs_" + index);
        }
        ToolCall call = (ToolCall) item;
        return ToolCall.builder("call_" + index, call.name()).id("fc_" + index).kind(call.kind()).arguments(call.arguments())
                .build();
    }

    @Property(tries = 1_000, seed = "42")
    void chunksSayWhatTheEventsSaid(@ForAll("responses") LlmResponse response, @ForAll Random random) {
        Decoding decoding = new Decoding();

        LlmResponse read = decoding.whole(Chunks.of(CanonicalStream.of(response, random)).payloads());

        assertThat(Said.read(read)).isEqualTo(Said.of(response));
        assertThat(read.repairs()).isEmpty();
    }

    @Property(tries = 500, seed = "42")
    void itemsThatComeAtTheSameTimeAreToldApart(@ForAll("responses") LlmResponse response, @ForAll Random random) {
        LlmResponse read = new Decoding().whole(Chunks.of(CanonicalStream.overlapping(response, random)).payloads());

        assertThat(read.text()).isEqualTo(response.text());
        assertThat(Said.of(read).calls()).containsExactlyInAnyOrderElementsOf(Said.of(response).calls());
    }

    @Property(tries = 500, seed = "42")
    void aWholeAnswerSaysTheSame(@ForAll("responses") LlmResponse response) {
        LlmResponse read = Decoding.ofBody(new String(Received.CODEC.encode(Chunks.request(false), response)));

        assertThat(Said.read(read)).isEqualTo(Said.of(response));
        assertThat(read.repairs()).isEmpty();
    }
}
