package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.vertx.core.json.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a response holds: its events make a legal stream, and come out of it again as they were. */
class ResponsesRoundTripPropertyTest {

    @Provide
    Arbitrary<LlmResponse> responses() {
        return items().list().ofMaxSize(4).map(items -> CanonicalStream
                .response(IntStream.range(0, items.size()).mapToObj(i -> identified(items.get(i), i)).toList()));
    }

    /** Those of which only the last one is cut, as the specification wants it. */
    @Provide
    Arbitrary<LlmResponse> cutResponses() {
        Arbitrary<ToolCall> functions = texts().map(text -> ToolCall.builder("", "weather")
                .arguments("{\"" + text.replaceAll("[\\\\\"}]", "")).build());
        Arbitrary<ToolCall> customs = Arbitraries.oneOf(Arbitraries.just(""), texts())
                .map(text -> ToolCall.builder("", "sql").kind(ToolCall.Kind.CUSTOM).arguments(text).build());
        Arbitrary<ToolCall> empty = Arbitraries.just(ToolCall.builder("", "now").arguments("").build());
        Arbitrary<ToolCall> calls = Arbitraries.oneOf(functions, customs, empty);
        return Combinators.combine(items().list().ofMaxSize(2), calls).as((items, call) -> {
            List<Item> all = new ArrayList<>(items);
            all.add(call);
            int last = all.size() - 1;
            List<Item> identified = IntStream.range(0, all.size()).mapToObj(i -> identified(all.get(i), i)).toList();
            List<Item> cut = new ArrayList<>(identified);
            cut.set(last, ((ToolCall) identified.get(last)).toBuilder().status(ItemStatus.INCOMPLETE).build());
            return CanonicalStream.response(cut);
        });
    }

    @Property(tries = 1_000, seed = "42")
    void events_make_a_legal_stream_and_come_back(@ForAll("responses") LlmResponse response, @ForAll Random random) {
        comesBack(CanonicalStream.of(response, random));
    }

    @Property(tries = 300, seed = "42")
    void events_of_a_cut_response_make_a_legal_stream_and_come_back(@ForAll("cutResponses") LlmResponse response,
            @ForAll Random random) {
        comesBack(CanonicalStream.of(response, random));
    }

    @Property(tries = 500, seed = "42")
    void overlapping_items_make_a_legal_stream(@ForAll("responses") LlmResponse response, @ForAll Random random) {
        List<LlmEvent> events = CanonicalStream.overlapping(response, random);
        Encoding overlapping = new Encoding(Encoding.REQUEST);
        events.forEach(overlapping.encoder);
        assertThat(ResponsesGrammar.violations(overlapping.events)).isEmpty();

        Encoding sequential = new Encoding(Encoding.REQUEST);
        events.forEach(new SequentialItems(sequential.encoder));
        assertThat(ResponsesGrammar.violationsOfCarefulServer(sequential.events)).isEmpty();
    }

    private static void comesBack(List<LlmEvent> events) {
        EventRules.checkWhole(events);
        Encoding encoding = new Encoding(Encoding.REQUEST);
        events.forEach(encoding.encoder);
        assertThat(ResponsesGrammar.violationsOfCarefulServer(encoding.events)).isEmpty();

        Decoding decoding = Decoding.strict();
        decoding.whole(encoding.lines);

        assertThat(decoding.events.stream().map(ResponsesRoundTripPropertyTest::withoutNumber).toList())
                .isEqualTo(events.stream().map(ResponsesRoundTripPropertyTest::withoutNumber).toList());
        assertThat(decoding.response().repairs()).isEmpty();
    }

    /** The number of an event of a hosted tool is that of the stream it is in, and its text is written anew. */
    private static LlmEvent withoutNumber(LlmEvent event) {
        if (event instanceof LlmEvent.UnknownEvent unknown) {
            JsonObject json = unknown.json().toJsonObject();
            json.remove("sequence_number");
            return new LlmEvent.UnknownEvent(unknown.type(),
                    RawJson.verbatim(new JsonObject(new TreeMap<>(json.getMap())).encode()));
        }
        return event;
    }

    private static Arbitrary<Item> items() {
        Arbitrary<Content> refusals = texts().map(Content.Refusal::new);
        Arbitrary<List<Content>> contents = Arbitraries.oneOf(
                outputTexts().map(List::of), refusals.map(List::of),
                Combinators.combine(outputTexts(), refusals).as((text, refusal) -> List.of(text, refusal)));
        Arbitrary<Item> messages = Combinators
                .combine(contents, Arbitraries.of("commentary", "final_answer").optional(0.3))
                .as((content, phase) -> new Message(Optional.empty(), Optional.empty(), Role.ASSISTANT, content, phase));
        Arbitrary<Item> reasoning = Combinators.combine(texts().list().ofMaxSize(3), texts().list().ofMaxSize(2),
                Arbitraries.of("gAAAA==").optional(0.3), Arbitraries.of(ItemStatus.COMPLETED).optional(0.5))
                .as((summary, content, cipher, status) -> new Reasoning(Optional.empty(), status, summary, content, cipher));
        Arbitrary<Item> functions = Combinators.combine(texts(), Arbitraries.of("tools").optional(0.2))
                .as((text, namespace) -> new ToolCall(Optional.empty(), Optional.empty(), ToolCall.Kind.FUNCTION, namespace,
                        "weather", "", new JsonObject().put("a", text).encode()));
        Arbitrary<Item> customs = texts().map(
                text -> ToolCall.builder("", "sql").kind(ToolCall.Kind.CUSTOM).arguments(text).build());
        Arbitrary<Item> hosted = Arbitraries.of("1.50", "null", "[ 1 ]")
                .map(value -> new OpaqueItem("web_search_call",
                        RawJson.verbatim("{\"type\":\"web_search_call\",\"n\":" + value)));
        return Arbitraries.oneOf(messages, reasoning, functions, customs, hosted);
    }

    /** Ids and status as a server gives them. */
    private static Item identified(Item item, int index) {
        if (item instanceof Message message) {
            return message.withId("msg_" + index).withStatus(ItemStatus.COMPLETED);
        }
        if (item instanceof Reasoning reasoning) {
            return reasoning.withId("rs_" + index);
        }
        if (item instanceof ToolCall call) {
            return new ToolCall(Optional.of("fc_" + index), Optional.of(ItemStatus.COMPLETED), call.kind(), call.namespace(),
                    call.name(), "call_" + index, call.arguments());
        }
        OpaqueItem opaque = (OpaqueItem) item;
        return new OpaqueItem(opaque.type(),
                RawJson.of(opaque.json() + ",\"id\":\"ws_" + index + "\",\"status\":\"completed\"}"));
    }

    private static Arbitrary<Content> outputTexts() {
        Arbitrary<Annotation> annotations = Arbitraries.of("https://a.example", "é\n")
                .map(url -> new Annotation("url_citation",
                        RawJson.of(new JsonObject().put("type", "url_citation").put("url", url))));
        Arbitrary<RawJson> logprobs = Arbitraries.of("[{\"token\":\"a\",\"logprob\":-0.10,\"top_logprobs\":[]}]")
                .map(RawJson::verbatim);
        return Combinators.combine(texts(), annotations.list().ofMaxSize(2), logprobs.optional(0.3))
                .as(Content.Text::new);
    }

    /** Never empty: servers differ in what they say of nothing. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(Arbitraries.strings().ofMinLength(1).ofMaxLength(12),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(40),
                Arbitraries.of("\"", "\\", "\n\t\u0000", "é😀", "\ud83d", "\ude00x", "{\"a\":1}", "null", " "));
    }
}
