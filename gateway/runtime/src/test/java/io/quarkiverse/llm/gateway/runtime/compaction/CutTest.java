package io.quarkiverse.llm.gateway.runtime.compaction;

import static io.quarkiverse.llm.gateway.runtime.compaction.Histories.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.gateway.runtime.seal.Sealing;

class CutTest {

    private static final RawJson ASKED = message("user", "Read all");
    private static final RawJson THOUGHT = item("{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}");

    private static RawJson item(String json) {
        return RawJson.of(json);
    }

    private static RawJson call(int number) {
        return item("{\"type\":\"function_call\",\"call_id\":\"call_" + number + "\",\"name\":\"read\",\"arguments\":\"{}\"}");
    }

    private static RawJson output(int number) {
        return item("{\"type\":\"function_call_output\",\"call_id\":\"call_" + number + "\",\"output\":\"text\"}");
    }

    @Test
    void anAgentInTheMiddleOfItsWorkKeepsItsTaskAndItsLastStep() {
        Cut cut = Cut.of(List.of(ASKED, call(1), output(1), THOUGHT, call(2), call(3), output(2), output(3)), 0).orElseThrow();

        assertThat(cut.told()).containsExactly(ASKED, call(1), output(1));
        assertThat(cut.user()).contains(ASKED);
        assertThat(cut.step()).containsExactly(THOUGHT, call(2), call(3), output(2), output(3));
    }

    @Test
    void aCallThatWasNeverAnsweredDoesNotHoldUpWhatCameAfterIt() {
        RawJson later = message("user", "Never mind");

        Cut cut = Cut.of(List.of(ASKED, call(1), later, message("assistant", "Fine"), message("user", "So?")), 0).orElseThrow();

        assertThat(cut.told()).hasSize(4);
    }

    @Test
    void ofMessagesOfTheUserAloneTheLastStays() {
        Cut cut = Cut.of(List.of(ASKED, message("user", "And more"), message("user", "Go")), 0).orElseThrow();

        assertThat(cut.step()).containsExactly(message("user", "Go"));
    }

    @Test
    void whereThereIsNothingNewThereIsNothingToTell() {
        List<RawJson> notes = Cut.of(List.of(ASKED, message("assistant", "Yes"), message("user", "So?")), 0).orElseThrow()
                .with("notes").items();

        assertThat(Cut.of(List.of(), 0)).isEmpty();
        assertThat(Cut.of(List.of(ASKED), 0)).isEmpty();
        assertThat(Cut.of(List.of(message("developer", "Be kind"), ASKED), 0)).isEmpty();
        assertThat(Cut.of(notes, 0)).isEmpty();
    }

    @Test
    void aVeryLongMessageOfTheUserIsNotKeptTwice() {
        RawJson pasted = message("user", "x".repeat(50_000));

        assertThat(Cut.of(List.of(pasted, call(1), output(1), call(2), output(2)), 0).orElseThrow().user()).isEmpty();
    }

    @Test
    void ofLongWindowsTheLatestMessagesOfTheUserAreKept() {
        RawJson first = message("user", "first " + "x".repeat(50_000));
        RawJson second = message("user", "second " + "x".repeat(50_000));
        List<RawJson> items = List.of(message("developer", "Be kind"), first, message("assistant", "Yes"), second,
                message("assistant", "Yes"));

        List<RawJson> window = CompactedWindow.of(Cut.of(items, items.size()).orElseThrow(), "notes",
                new Seal(
                        Sealing.of(List.of()), "ada"));

        assertThat(window).hasSize(3);
        assertThat(window.get(0).text()).contains("Be kind");
        assertThat(window.get(1).text()).contains("second ");
    }
}
