package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ChatDeviation;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server says, however it says it and wherever the network cuts it. */
class ChatStreamPropertyTest {

    @Provide
    Arbitrary<Answer> answers() {
        return Turns.answers();
    }

    @Provide
    Arbitrary<List<ChatDeviation>> deviations() {
        return Turns.deviations();
    }

    @Property(tries = 10_000, seed = "42")
    void deviations_that_servers_are_known_for_change_nothing(@ForAll("answers") Answer answer,
            @ForAll("deviations") List<ChatDeviation> deviations, @ForAll Random random) {
        Turns.Outcome undisturbed = Turns.Outcome.of(Decoding.ofStream(stream(answer)));

        assertThat(Turns.Outcome.of(decodeInPieces(stream(answer.with(deviations)), random))).isEqualTo(undisturbed);
    }

    @Property(tries = 3_000, seed = "42")
    void a_stream_that_is_cut_fails_with_a_typed_error_and_legal_events(@ForAll("answers") Answer answer,
            @ForAll Random random) {
        byte[] whole = stream(answer);
        int finished = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\"finish_reason\":\"");
        byte[] cut = Arrays.copyOf(whole, random.nextInt(finished));
        Decoding decoding = new Decoding();

        assertThat(failure(decoding, cut)).isInstanceOf(LlmException.class);
        EventRules.check(decoding.events);
    }

    @Property(tries = 10_000, seed = "42")
    void garbage_is_a_typed_error_or_an_answer_but_nothing_else(@ForAll("answers") Answer answer, @ForAll Random random) {
        byte[] stream = stream(answer);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
        }
        Decoding decoding = new Decoding();

        RuntimeException failure = failure(decoding, stream);

        if (failure == null) {
            EventRules.checkWhole(decoding.events);
        } else {
            assertThat(failure).isInstanceOf(LlmException.class);
            EventRules.check(decoding.events);
        }
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
