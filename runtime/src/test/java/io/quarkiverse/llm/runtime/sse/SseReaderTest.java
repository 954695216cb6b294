package io.quarkiverse.llm.runtime.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {

    private final Recorded recorded = new Recorded();
    private final SseReader reader = new SseReader(1000, recorded);

    private List<String> read(String... pieces) {
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(UTF_8);
            reader.feed(bytes, 0, bytes.length);
        }
        return recorded.seen;
    }

    @ParameterizedTest
    @ValueSource(strings = { "\n", "\r\n", "\r" })
    void everyLineEndEndsALine(String end) {
        assertThat(read("event: a" + end + "data: 1" + end + end + "data: 2" + end + end)).containsExactly("a|1", "|2");
    }

    @Test
    void aPairOfCarriageReturnAndLineFeedMayBeSplit() {
        assertThat(read("data: 1\r", "\n\r", "\ndata: 2\r", "\n\r")).containsExactly("|1", "|2");
    }

    @Test
    void byteOrderMarkAtTheStartIsDropped() {
        assertThat(read("\uFEFFdata: 1\n\n\uFEFFdata: 2\n\n")).containsExactly("|1");
    }

    @Test
    void byteOrderMarkDoesNotCountHoweverItArrives() {
        byte[] stream = "\uFEFFdata: 12345678\n\n".getBytes(UTF_8);
        Recorded recorded = new Recorded();
        SseReader reader = new SseReader(14, recorded);
        for (byte one : stream) {
            reader.feed(new byte[] { one }, 0, 1);
        }
        assertThat(recorded.seen).containsExactly("|12345678");
    }

    @Test
    void dataLinesAreJoined() {
        assertThat(read("data: 1\ndata:\ndata: 3\n\n")).containsExactly("|1\n\n3");
    }

    @Test
    void oneSpaceAfterTheColonIsDropped() {
        assertThat(read("data:1\n\ndata: 2\n\ndata:  3\n\n")).containsExactly("|1", "|2", "| 3");
    }

    @Test
    void aFieldNeedsNoColon() {
        assertThat(read("data\n\nnonsense\ndata\ndata\n\n")).containsExactly("|", "|\n");
    }

    @Test
    void anEventWithoutDataIsNone() {
        assertThat(read("event: a\n\n\n\ndata: 1\n\n")).containsExactly("|1");
    }

    @Test
    void commentsAreSignsOfLife() {
        assertThat(read(": ping\n:\ndata: 1\n: in between\ndata: 2\n\n"))
                .containsExactly("comment", "comment", "comment", "|1\n2");
    }

    @Test
    void theSameNameIsTheSameString() {
        List<String> names = new ArrayList<>();
        SseReader names2 = new SseReader(100, (name, data, offset, length) -> names.add(name));
        byte[] bytes = "event: delta\ndata\n\nevent: delta\ndata\n\n".getBytes(UTF_8);
        names2.feed(bytes, 0, bytes.length);
        assertThat(names.get(1)).isEqualTo("delta").isSameAs(names.get(0));
    }

    @Test
    void aWholeSingleLineIsNotCopied() {
        byte[] bytes = "xxdata: 1\n\n".getBytes(UTF_8);
        List<byte[]> arrays = new ArrayList<>();
        new SseReader(100, (name, data, offset, length) -> arrays.add(data)).feed(bytes, 2, bytes.length - 2);
        assertThat(arrays).singleElement().isSameAs(bytes);
    }

    @Test
    void anEventWithoutItsBlankLineIsDropped() {
        assertThat(read("data: 1\n\ndata: 2\n")).containsExactly("|1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "data: 2", "data: 2\n", "data: 2\n\n", "data: 2\r" })
    void finishTakesTheEndForABlankLine(String last) {
        read("data: 1\n\n", last);
        reader.finish();
        assertThat(recorded.seen).containsExactly("|1", "|2");
    }

    @Test
    void idAndRetryAreKept() {
        read("id: 7\nretry: 1500\ndata: 1\n\nretry: soon\nid: bad\0\ndata: 2\n\n");
        assertThat(reader.lastEventId()).isEqualTo("7");
        assertThat(reader.retryMillis()).isEqualTo(1500);
    }

    @Test
    void anIdCountsWithItsEvent() {
        read("id: 7\ndata: 1\n");
        assertThat(reader.lastEventId()).isEmpty();
    }

    @Test
    void anEventMayBeAsLargeAsTheBound() {
        String data = "data: " + "x".repeat(994);
        assertThat(read(data + "\n\n", data + "\n\n", ": " + "x".repeat(998) + "\n")).hasSize(3);
    }

    @Test
    void aLargerEventIsAnErrorOfItsOwn() {
        assertThatThrownBy(() -> read("data: " + "x".repeat(900) + "\n", "data: " + "x".repeat(100)))
                .isInstanceOfSatisfying(SseEventTooLargeException.class,
                        e -> assertThat(e.maxEventSize()).isEqualTo(1000));
    }

    @Test
    void aLineWithoutEndIsNotKept() {
        assertThatThrownBy(() -> read("x".repeat(600), "x".repeat(600))).isInstanceOf(SseEventTooLargeException.class);
    }
}
