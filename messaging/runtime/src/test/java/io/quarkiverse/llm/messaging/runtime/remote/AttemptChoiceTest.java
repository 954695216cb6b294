package io.quarkiverse.llm.messaging.runtime.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.messaging.runtime.channel.MessageHead;
import io.quarkiverse.llm.messaging.runtime.remote.AttemptChoice.Finding;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is decided of messages, with payloads that only the test can read. */
class AttemptChoiceTest {

    private static final String END = "end";

    private final List<String> gone = new ArrayList<>();
    private final AttemptChoice choice = new AttemptChoice(payload -> text(payload).startsWith(END),
            payload -> gone.add(text(payload)));

    private static String text(byte[] payload) {
        return new String(payload, UTF_8);
    }

    private Finding add(String type, int attempt, String worker, long sequence, String payload) {
        return choice.add(new MessageHead(type, attempt, Optional.of(worker), sequence), payload.getBytes(UTF_8));
    }

    private Finding event(int attempt, String worker, long sequence, String payload) {
        return add("event", attempt, worker, sequence, payload);
    }

    /** With content, so that the choice is made. */
    private void takeContent() {
        choice.take();
        choice.taken(Pool.text("a"));
    }

    @Test
    void whatHasNothingToDoWithEventsIsOfNoUse() {
        assertThat(add("response", 1, "one", -1, "whole")).isEqualTo(new Finding.GoesOn());
        assertThat(gone).containsExactly("whole");
        assertThat(choice.isEventWaiting()).isFalse();
    }

    @Test
    void nothingIsSeenBeforeTheFirstContent() {
        event(1, "one", 0, "start");
        event(1, "one", 1, "content");
        choice.take();
        assertThat(choice.taken(Pool.started(1))).isEmpty();
        assertThat(choice.isMade()).isFalse();
        choice.take();
        assertThat(choice.taken(Pool.text("a"))).containsExactly(Pool.started(1), Pool.text("a"));
        assertThat(choice.isMade()).isTrue();
    }

    @Test
    void anAnswerThatSaysTwiceThatItBeginsIsSeenToBeginOnce() {
        event(1, "one", 0, "content");
        takeContent();
        assertThat(choice.taken(Pool.started(1))).isEmpty();
        assertThat(choice.taken(Pool.text("b"))).containsExactly(Pool.text("b"));
    }

    @Test
    void eventsAreMissingFromTheOneThatIsExpectedOn() {
        event(1, "one", 0, "first");
        assertThat(event(1, "one", 4, "fifth")).isEqualTo(new Finding.Gap(1, 4));
        assertThat(gone).containsExactly("fifth");
    }

    @Test
    void aFailureIsTheEndAlsoWhenEventsBeforeItAreMissing() {
        event(1, "one", 0, "first");
        assertThat(add("failure", 1, "one", 7, "failure")).isEqualTo(new Finding.Failed());
    }

    @Test
    void aFailureIsTheEndAlsoWhereAnEventStands() {
        event(1, "one", 0, "first");
        event(1, "one", 1, "not written, as its worker was told");
        assertThat(add("failure", 1, "one", 1, "failure")).isEqualTo(new Finding.Failed());
        assertThat(gone).containsExactly("failure");
        assertThat(text(choice.take())).isEqualTo("first");
    }

    @Test
    void aFailureBesideTheNewestIsTheEndAlsoWhereAnEventStands() {
        event(3, "one", 0, "new");
        event(1, "two", 0, "first");
        event(1, "two", 1, "not written, as its worker was told");
        assertThat(add("failure", 1, "two", 1, "failure")).isEqualTo(new Finding.Failed());
    }

    @Test
    void theFailureOfAnAttemptThatLacksEventsBesideTheNewestIsOfNoUse() {
        event(3, "one", 0, "new");
        event(1, "two", 0, "first");
        event(1, "two", 2, "third");
        assertThat(add("failure", 1, "two", 3, "failure")).isEqualTo(new Finding.GoesOn());
        assertThat(gone).containsExactly("first", "third", "failure");
    }

    @Test
    void aFailureInThePlaceOfAnEndThatWaitsIsOfNoUse() {
        event(1, "one", 0, "first");
        event(1, "one", 1, END);
        assertThat(add("failure", 1, "one", 1, "failure")).isEqualTo(new Finding.GoesOn());
        assertThat(gone).containsExactly("failure");
        assertThat(text(choice.take())).isEqualTo("first");
        assertThat(text(choice.take())).isEqualTo(END);
    }

    @Test
    void withTheFirstWholeAnswerTheRestIsOfNoUse() {
        event(1, "one", 0, "old");
        event(2, "two", 0, "new");
        event(1, "one", 1, END);
        assertThat(choice.isWhole()).isTrue();
        assertThat(gone).containsExactly("new");
        assertThat(text(choice.take())).isEqualTo("old");
        assertThat(text(choice.take())).isEqualTo(END);
        assertThat(choice.isEventWaiting()).isFalse();
    }

    @Test
    void withTheFirstContentWhatOthersSaidIsOfNoUse() {
        event(1, "one", 0, "old");
        event(2, "two", 0, "new");
        takeContent();
        assertThat(gone).containsExactly("new", "old");
    }

    @Test
    void ofAWorkerThatBeginsAgainNothingOlderIsTaken() {
        event(1, "one", 0, "old");
        assertThat(event(2, "one", 0, "new")).isEqualTo(new Finding.GoesOn());
        assertThat(event(1, "one", 1, "late")).isEqualTo(new Finding.GoesOn());
        assertThat(gone).containsExactly("old", "late");
        assertThat(text(choice.take())).isEqualTo("new");
    }

    @Test
    void whatWaitsAfterContentIsStillTakenWhenItsWorkerBeginsAgain() {
        event(1, "one", 0, "content");
        event(1, "one", 1, "more");
        takeContent();
        assertThat(event(2, "one", 0, "new")).isEqualTo(new Finding.Superseded(1));
        assertThat(text(choice.take())).isEqualTo("more");
        assertThat(gone).containsExactly("content", "new", "more");
    }

    /** One message of an attempt, after which some events are taken. */
    record Step(String type, int attempt, int worker, int sequence, boolean end, int taken) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of("event", "event", "event", "event", "failure", "response"),
                Arbitraries.integers().between(1, 3), Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(0, 4), Arbitraries.of(true, false, false), Arbitraries.integers().between(0, 2))
                .as(Step::new).list().ofMaxSize(40);
    }

    @Property(tries = 1000)
    void whateverComesEachPayloadGoesExactlyOnce(@ForAll("steps") List<Step> steps) {
        AttemptChoiceTest fresh = new AttemptChoiceTest();
        List<String> added = new ArrayList<>();
        for (Step step : steps) {
            if (fresh.choice.isWhole()) {
                break;
            }
            String payload = (step.end() ? END : "event") + added.size();
            added.add(payload);
            fresh.add(step.type(), step.attempt(), "worker " + step.worker(), step.sequence(), payload);
            fresh.take(step.taken());
        }
        fresh.choice.dropAll();
        assertThat(fresh.gone).containsExactlyInAnyOrderElementsOf(added);
    }

    private void take(int most) {
        for (int i = 0; i < most && choice.isEventWaiting(); i++) {
            choice.take();
            choice.taken(i == 0 ? Pool.itemStarted() : Pool.text("a"));
        }
    }
}
