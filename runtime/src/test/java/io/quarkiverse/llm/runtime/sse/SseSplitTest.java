package io.quarkiverse.llm.runtime.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SseSplitTest {

    private static final int MAX = 60;

    @Property
    void anySplitOfAStreamYieldsTheSameEvents(@ForAll("streams") String stream,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 9) Integer> sizes) {
        byte[] bytes = stream.getBytes(UTF_8);
        assertThat(read(bytes, sizes)).isEqualTo(read(bytes, List.of(bytes.length + 1)));
    }

    @Property
    void whatWasWrittenIsRead(@ForAll("data") List<String> data) {
        String stream = data.stream().map(d -> new String(SseWriter.event("n", d.getBytes(UTF_8)), UTF_8))
                .collect(Collectors.joining());
        List<String> expected = data.stream().map(d -> "n|" + d.replace("\r\n", "\n").replace('\r', '\n')).toList();
        assertThat(read(stream.getBytes(UTF_8), List.of(7)).subList(0, data.size())).isEqualTo(expected);
    }

    @Property
    void aLineEndIsFoundWhereverItIs(@ForAll @Size(max = 40) byte[] bytes, @ForAll @IntRange(max = 40) int at) {
        byte[] line = Arrays.copyOf(bytes, bytes.length);
        int to = line.length;
        int expected = to;
        for (int i = to - 1; i >= Math.min(at, to); i--) {
            expected = line[i] == '\n' || line[i] == '\r' ? i : expected;
        }
        assertThat(LineEnds.next(line, Math.min(at, to), to)).isEqualTo(expected);
    }

    private static List<String> read(byte[] bytes, List<Integer> sizes) {
        Recorded recorded = new Recorded();
        SseReader reader = new SseReader(MAX, recorded);
        try {
            int from = 0;
            for (int i = 0; from < bytes.length; i++) {
                byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + sizes.get(i % sizes.size())));
                from += piece.length;
                reader.feed(piece, 0, piece.length);
                Arrays.fill(piece, (byte) '#');
            }
            reader.finish();
        } catch (SseEventTooLargeException e) {
            recorded.seen.add("too large");
        }
        recorded.seen.add(reader.lastEventId() + "," + reader.retryMillis());
        return recorded.seen;
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> field = Arbitraries.of("data", "data:", "data: ", "event:", "event: ", "id:", "retry: ", ":", ": ",
                "x:", "", "\uFEFF");
        Arbitrary<String> value = Arbitraries.of("", "1", "{\"a\":1}", "Grüße 🌍", "delta", "[DONE]", " ", "x".repeat(30));
        Arbitrary<String> end = Arbitraries.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r", "\n\r", "");
        return Combinators.combine(field, value, end).as((f, v, e) -> f + v + e).list().ofMaxSize(20)
                .map(lines -> String.join("", lines));
    }

    @Provide
    Arbitrary<List<String>> data() {
        return Arbitraries.of("a", "b", "\n", "\r", "ü", "🌍", " ", ":").list().ofMaxSize(6)
                .map(characters -> String.join("", characters)).list().ofMinSize(1).ofMaxSize(3);
    }
}
