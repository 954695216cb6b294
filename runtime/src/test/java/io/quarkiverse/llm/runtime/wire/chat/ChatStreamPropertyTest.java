package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Deviation;
import io.vertx.core.json.JsonObject;

/** Whatever a server says, however it says it and wherever the network cuts it. */
class ChatStreamPropertyTest {

    /** What a turn is about; the calls are {@code name{arguments}}. */
    record Outcome(String text, String reasoning, List<String> calls, Object finish, Object usage) {

        static Outcome of(LlmResponse response) {
            return new Outcome(response.text(), response.reasoningText(),
                    response.toolCalls().stream().map(call -> call.name() + call.argumentsJson().toJsonObject()).toList(),
                    response.finishReason(), response.usage());
        }
    }

    @Provide
    Arbitrary<Answer> answers() {
        Arbitrary<String> words = Arbitraries.strings().withChars("abc äö€😀\n\"\\{}[]:,").ofMinLength(1).ofMaxLength(8);
        Arbitrary<Answer> start = words.list().ofMaxSize(3).map(deltas -> Answer.reasoning(deltas.toArray(String[]::new)));
        Arbitrary<List<List<String>>> rest = words.list().ofMinSize(1).ofMaxSize(4).list().ofMaxSize(4);
        return Combinators.combine(start, rest, Arbitraries.randoms()).as(ChatStreamPropertyTest::answer);
    }

    private static Answer answer(Answer start, List<List<String>> steps, Random random) {
        Answer answer = start;
        int calls = 0;
        for (List<String> words : steps) {
            if (random.nextBoolean()) {
                answer = answer.thenText(words.toArray(String[]::new));
            } else {
                answer = answer.thenToolCall("call_" + calls, random.nextBoolean() ? "weather" : "clock", fragments(words, random));
                calls++;
            }
        }
        return answer.usage(random.nextInt(1000), 1 + random.nextInt(1000));
    }

    private static String[] fragments(List<String> words, Random random) {
        JsonObject arguments = new JsonObject();
        words.forEach(word -> arguments.put(word, random.nextInt()));
        List<String> fragments = new ArrayList<>();
        String text = arguments.encode();
        for (int from = 0; from < text.length();) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(12));
            // A pair of surrogates is one character: no server splits inside it.
            to += to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
            fragments.add(text.substring(from, to));
            from = to;
        }
        return fragments.toArray(String[]::new);
    }

    @Provide
    Arbitrary<List<Deviation>> deviations() {
        return Arbitraries.of(Arrays.stream(Deviation.values()).filter(Deviation::isLossless).toList()).list().ofMaxSize(6)
                .uniqueElements().filter(Deviation::combinable);
    }

    @Property(tries = 1500, seed = "42")
    void deviations_that_servers_are_known_for_change_nothing(@ForAll("answers") Answer answer,
            @ForAll("deviations") List<Deviation> deviations, @ForAll Random random) {
        Outcome undisturbed = Outcome.of(Decoding.ofStream(stream(answer)));

        assertThat(Outcome.of(decodeInPieces(stream(answer.with(deviations)), random))).isEqualTo(undisturbed);
    }

    @Property(tries = 500, seed = "42")
    void a_stream_that_is_cut_fails_with_a_typed_error_and_legal_events(@ForAll("answers") Answer answer,
            @ForAll Random random) {
        byte[] whole = stream(answer);
        int finished = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\"finish_reason\":\"");
        byte[] cut = Arrays.copyOf(whole, random.nextInt(finished));
        Decoding decoding = new Decoding();

        assertThat(failure(decoding, cut)).isInstanceOf(LlmException.class);
        EventRules.check(decoding.events);
    }

    @Property(tries = 1500, seed = "42")
    void garbage_is_a_typed_error_or_an_answer_but_nothing_else(@ForAll("answers") Answer answer, @ForAll Random random) {
        byte[] stream = stream(answer);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
        }
        Decoding decoding = new Decoding();

        RuntimeException failure = failure(decoding, stream);

        assertThat(failure == null || failure instanceof LlmException).as("%s", failure).isTrue();
        EventRules.check(decoding.events);
    }

    private static RuntimeException failure(Decoding decoding, byte[] stream) {
        try {
            decoding.stream(stream);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static LlmResponse decodeInPieces(byte[] stream, Random random) {
        Decoding decoding = new Decoding();
        SseReader reader = new SseReader(1 << 20, decoding.decoder::event);
        for (int from = 0; from < stream.length;) {
            int length = Math.min(stream.length - from, 1 + random.nextInt(60));
            byte[] piece = Arrays.copyOfRange(stream, from, from + length);
            reader.feed(piece, 0, length);
            from += length;
        }
        reader.finish();
        decoding.decoder.end();
        return EventRules.checkWhole(decoding.events);
    }

    private static byte[] stream(Answer answer) {
        StringBuilder stream = new StringBuilder();
        answer.chunks().forEach(chunk -> stream.append("data: ").append(chunk.encode()).append("\n\n"));
        return stream.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
