package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultNamesTest {

    static Stream<Fault> faults() {
        return Stream
                .of(Stream.of(ChatDeviation.values()), Stream.of(ResponsesDeviation.values()), Stream.of(Framing.values()),
                        Stream.of(WebSocketFault.values()),
                        Stream.of(
                                Fault.splitEveryByte(), Fault.split(4, 3), Fault.splitRandomly(7, 16),
                                Fault.stallBeforeHead(), Fault.stallAfterEvents(1), Fault.stallAfterBytes(2),
                                Fault.dropBeforeHead(), Fault.dropAfterEvents(3), Fault.dropAfterBytes(4),
                                Fault.resetBeforeHead(), Fault.resetAfterEvents(5), Fault.resetAfterBytes(6),
                                Fault.endAfterEvents(7), Fault.endAfterBytes(8), Fault.contentType("text/html; a=b:c"),
                                Fault.closeAfterEvents(2, 1011), Fault.closeAtEnd(1001), Fault.hugeEvent(99)))
                .flatMap(all -> all);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsFoundByTheNameItGives(Fault fault) {
        assertThat(Fault.named(fault.toString())).hasToString(fault.toString()).hasSameClassAs(fault);
    }

    @Test
    void constantsAreWrittenAsOneLikes() {
        assertThat(Fault.named("tool-id-missing")).isSameAs(Fault.named("TOOL_ID_MISSING"))
                .isSameAs(ChatDeviation.TOOL_ID_MISSING);
        assertThat(Fault.named("responses-model-missing")).isSameAs(ResponsesDeviation.MODEL_MISSING);
        assertThat(Fault.named("model-missing")).isSameAs(ChatDeviation.MODEL_MISSING);
        assertThat(Fault.named("gzip")).isSameAs(Framing.GZIP);
    }

    @Test
    void anUnknownNameIsToldWhatThereIs() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.named("drop-sometimes"))
                .withMessageStartingWith("There is no fault 'drop-sometimes'. There are: ")
                .withMessageContaining("drop-after-events").withMessageContaining("tool-id-missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "drop-after-bytes:-1     | Nothing can end after -1 bytes: count from 0",
            "stall-after-events:1:2  | it takes no more than 1",
            "drop-before-head:3      | it takes none",
            "gzip:3                  | it takes none",
            "close-at-end:7          | Close codes of a WebSocket are from 1000 to 4999, not 7",
            "split-randomly:1:2:3    | it takes no more than 2" })
    void aWrongNumberIsSaid(String name, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.named(name))
                .withMessage("The fault '" + name + "' has wrong numbers after its colons: " + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop-after-events", "drop-after-events:few", "split-randomly:1", "split" })
    void aMissingNumberIsAskedFor(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.named(name));
    }
}
