package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server says, however it says it and wherever the network cuts it: the properties of either wire API's decoder. */
public abstract class StreamProperties {

    private final Api api;
    private final String end;

    /** @param end how the event begins after which nothing can fail */
    protected StreamProperties(Api api, String end) {
        this.api = api;
        this.end = end;
    }

    @Provide
    public Arbitrary<Answer> answers() {
        return Turns.answers();
    }

    @Provide
    public Arbitrary<List<Deviation>> deviations() {
        return Turns.deviations(api);
    }

    @Provide
    public Arbitrary<Deviation> errors() {
        return Arbitraries.of(Turns.errors(api));
    }

    @Provide
    public Arbitrary<Framing> framings() {
        return Arbitraries.of(Turns.framings());
    }

    @Property(tries = 10_000, seed = "42")
    public void deviations_that_servers_are_known_for_change_nothing(@ForAll("answers") Answer answer,
            @ForAll("deviations") List<Deviation> deviations, @ForAll("framings") Framing framing, @ForAll Random random) {
        List<Fault> faults = new ArrayList<>(deviations);
        if (Turns.isEndSaid(framing, deviations)) {
            faults.add(framing);
        }
        ApiDecoding decoding = new ApiDecoding(api);

        decoding.inPieces(Turns.stream(answer.with(faults), api), random);

        assertThat(Turns.Outcome.of(decoding.response())).isEqualTo(Turns.undisturbed(answer, api));
    }

    @Property(tries = 3_000, seed = "42")
    public void a_stream_that_is_cut_fails_with_a_typed_error_and_legal_events(@ForAll("answers") Answer answer,
            @ForAll Random random) {
        byte[] whole = Turns.stream(answer, api);
        int finished = new String(whole, StandardCharsets.ISO_8859_1).indexOf(end);
        byte[] cut = Arrays.copyOf(whole, random.nextInt(finished));
        ApiDecoding decoding = new ApiDecoding(api);

        assertThat(failure(decoding, cut)).isInstanceOf(LlmException.class);
        EventRules.check(decoding.events);
    }

    @Property(tries = 1_000, seed = "42")
    public void a_failure_in_the_middle_is_a_typed_error_with_the_servers_words(@ForAll("answers") Answer answer,
            @ForAll("errors") Deviation error) {
        ApiDecoding decoding = new ApiDecoding(api);

        assertThat(failure(decoding, Turns.stream(answer.with(error), api))).isInstanceOf(LlmException.class)
                .hasMessageMatching("(?s).*(The engine died|The context slot is lost).*");
        EventRules.check(decoding.events);
    }

    @Property(tries = 10_000, seed = "42")
    public void garbage_is_a_typed_error_or_an_answer_but_nothing_else(@ForAll("answers") Answer answer,
            @ForAll Random random) {
        byte[] stream = Turns.stream(answer, api);
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
        }
        ApiDecoding decoding = new ApiDecoding(api);

        RuntimeException failure = failure(decoding, stream);

        if (failure == null) {
            EventRules.checkWhole(decoding.events);
        } else {
            assertThat(failure).isInstanceOf(LlmException.class);
            EventRules.check(decoding.events);
        }
    }

    private static RuntimeException failure(CodecDecoding decoding, byte[] stream) {
        try {
            decoding.stream(stream);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
