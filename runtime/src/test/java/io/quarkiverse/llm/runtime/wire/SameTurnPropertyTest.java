package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.ResponsesDeviation;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A turn is the same turn in whatever wire API it is told. */
class SameTurnPropertyTest {

    @Provide
    Arbitrary<Answer> answers() {
        return Turns.answers();
    }

    @Provide
    Arbitrary<Answer> cutAnswers() {
        return Turns.cutAnswers();
    }

    @Provide
    Arbitrary<List<Deviation>> deviations() {
        return Turns.deviations(Api.RESPONSES);
    }

    @Property(tries = 3_000, seed = "42")
    void aTurnHasTheSameOutcomeInBothWireApis(@ForAll("answers") Answer answer) {
        assertThat(Turns.undisturbed(answer, Api.RESPONSES)).isEqualTo(Turns.undisturbed(answer, Api.CHAT_COMPLETIONS));
    }

    @Property(tries = 3_000, seed = "42")
    void aTurnThatWasCutHasTheSameOutcomeInBothWireApis(@ForAll("cutAnswers") Answer answer,
            @ForAll("deviations") List<Deviation> deviations) {
        assertThat(Turns.undisturbed(answer.with(deviations), Api.RESPONSES))
                .isEqualTo(Turns.undisturbed(answer, Api.CHAT_COMPLETIONS));
    }

    @Property(tries = 1_000, seed = "42")
    void aStreamOfOfficialFormNeedsNoRepair(@ForAll("answers") Answer answer) {
        assertThat(ApiDecoding.ofStream(Api.RESPONSES, Turns.stream(answer, Api.RESPONSES)).repairs()).isEmpty();
    }

    @Property(tries = 3_000, seed = "42")
    void itemsThatAreOpenAtTheSameTimeAreToldApart(@ForAll("answers") Answer answer, @ForAll Random random) {
        Answer mixed = answer.with(ResponsesDeviation.ITEMS_INTERLEAVED,
                random.nextBoolean() ? ResponsesDeviation.OUTPUT_INDEX_MISSING : ResponsesDeviation.ITEM_ID_MISSING);

        assertThat(Turns.undisturbed(mixed, Api.RESPONSES)).isEqualTo(Turns.undisturbed(answer, Api.RESPONSES));
    }
}
