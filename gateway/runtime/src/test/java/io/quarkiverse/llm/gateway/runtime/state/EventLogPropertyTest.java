package io.quarkiverse.llm.gateway.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What comes out is what went in, whatever it was. */
class EventLogPropertyTest {

    /** Makes an event of the number that it has. */
    private interface Numbered {
        LoggedEvent at(int number);
    }

    @Provide
    Arbitrary<List<LoggedEvent>> events() {
        return Arbitraries.oneOf(first(), delta(), delta(), odd()).list().ofMaxSize(60).map(made -> {
            List<LoggedEvent> events = new ArrayList<>();
            made.forEach(event -> events.add(event.at(events.size())));
            return events;
        });
    }

    private static Arbitrary<String> type() {
        return Arbitraries.oneOf(Arbitraries.of("response.output_text.delta", "response.completed", "error", "", "ü☕"),
                Arbitraries.strings().alpha().ofMaxLength(3));
    }

    private static Arbitrary<String> text() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.strings().ascii().ofMaxLength(6)),
                Tuple.of(2, Arbitraries.of("", "é", "è", "\uD83D\uDE00", "\uD83D\uDE01", "0", "1", "12", "☕☕")),
                Tuple.of(1, Combinators.combine(Arbitraries.of("a", "☕", "9"), Arbitraries.integers().between(0, 40_000))
                        .as(String::repeat)));
    }

    /** With the number right behind the type. */
    private static Arbitrary<Numbered> first() {
        return Combinators.combine(type(), text()).as((type, text) -> number -> new LoggedEvent(type,
                "{\"type\":\"" + type + "\",\"sequence_number\":" + number + ",\"text\":\"" + text + "\"}"));
    }

    /** With the number behind an id. */
    private static Arbitrary<Numbered> delta() {
        return Combinators.combine(Arbitraries.of("msg_1", "msg_22", "rs_1"), text())
                .as((id, text) -> number -> new LoggedEvent("response.output_text.delta",
                        "{\"type\":\"response.output_text.delta\",\"item_id\":\"" + id + "\",\"sequence_number\":" + number
                                + ",\"delta\":\"" + text + "\"}"));
    }

    /** With another number, with none, or with no JSON at all. */
    private static Arbitrary<Numbered> odd() {
        return Combinators.combine(type(), Arbitraries.oneOf(text(), Arbitraries.of("\"sequence_number\":",
                "\"sequence_number\":7", "{\"sequence_number\":99999999999}")))
                .as((type, text) -> number -> new LoggedEvent(type,
                        text));
    }

    @Property(tries = 400)
    void what_is_read_is_what_was_added(@ForAll("events") List<LoggedEvent> events) {
        EventLog log = LoggedEvent.log(events);
        EventLog kept = EventLog.decoded(log.encoded());

        assertThat(log.count()).isEqualTo(kept.count()).isEqualTo(events.size());
        assertThat(log.bytes()).isEqualTo(kept.bytes()).isEqualTo(log.encoded().length);
        for (int after = -1; after <= events.size(); after++) {
            List<LoggedEvent> expected = events.subList(Math.min(after + 1, events.size()), events.size());
            assertThat(LoggedEvent.read(log, after)).isEqualTo(expected);
            assertThat(LoggedEvent.read(kept, after)).isEqualTo(expected);
        }
    }

    @Property(tries = 400)
    void a_log_that_was_kept_goes_on_as_if_it_had_never_been_away(@ForAll("events") List<LoggedEvent> events,
            @ForAll @IntRange(max = 60) int away) {
        int before = Math.min(away, events.size());
        EventLog log = EventLog.decoded(LoggedEvent.log(events.subList(0, before)).encoded());
        events.subList(before, events.size()).forEach(event -> event.addTo(log));

        assertThat(log.encoded()).isEqualTo(LoggedEvent.log(events).encoded());
    }

    @Property(tries = 400)
    void a_reader_gets_what_came_since(@ForAll("events") List<LoggedEvent> events,
            @ForAll @IntRange(min = -1, max = 70) int after,
            @ForAll List<@IntRange(min = 1, max = 20) Integer> turns) {
        EventLog log = new EventLog();
        EventLogReader reader = log.reader(after);
        List<LoggedEvent> read = new ArrayList<>();
        int added = 0;
        for (int turn : turns) {
            int until = Math.min(events.size(), added + turn);
            events.subList(added, until).forEach(event -> event.addTo(log));
            added = until;
            read.addAll(LoggedEvent.collected(sink -> {
                while (reader.next(sink)) {
                    continue;
                }
            }));
            assertThat(reader.position()).isEqualTo(added);
            assertThat(read).isEqualTo(events.subList(Math.min(after + 1, added), added));
        }
    }
}
