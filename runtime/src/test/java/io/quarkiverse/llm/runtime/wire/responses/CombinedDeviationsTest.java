package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.scripted.ResponsesDeviation.CONTENT_BEFORE_PART;
import static io.quarkiverse.llm.scripted.ResponsesDeviation.CONTENT_INDEX_MISSING;
import static io.quarkiverse.llm.scripted.ResponsesDeviation.DONE_AT_THE_END;
import static io.quarkiverse.llm.scripted.ResponsesDeviation.OTHER_ITEM_IDS_AT_END;
import static io.quarkiverse.llm.scripted.ResponsesDeviation.OUTPUT_INDEX_MISSING;
import static io.quarkiverse.llm.scripted.ResponsesDeviation.REASONING_LEFT_OUT_AND_OTHER_IDS_AT_END;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ResponsesDeviation;
import io.vertx.core.json.JsonObject;

/** Deviations that each alone are understood, and that random streams have shown to matter together. */
class CombinedDeviationsTest {

    private static LlmResponse decoded(Answer answer, ResponsesDeviation... deviations) {
        return Decoding.ofEvents(answer.with(deviations).events().stream().map(JsonObject::encode).toList());
    }

    @Test
    void contentBeforeAPartThatTellsNoIndexIsOfThatPart() {
        assertThat(decoded(Answer.text("Hel", "lo"), CONTENT_BEFORE_PART, CONTENT_INDEX_MISSING).text()).isEqualTo("Hello");
    }

    @Test
    void endsInABurstThatTellNoIndexAreOfTheirParts() {
        LlmResponse response = decoded(Answer.text("Hel", "lo").thenRefusal("No", "."), DONE_AT_THE_END, CONTENT_INDEX_MISSING);

        assertThat(response.text()).isEqualTo("Hello");
        assertThat(response.refusal()).contains("No.");
    }

    @Test
    void itemsOfOtherIdsAtTheEndAreThoseThatStandThere() {
        LlmResponse response = decoded(Answer.reasoning("Hm").thenText("Hello"), OTHER_ITEM_IDS_AT_END, OUTPUT_INDEX_MISSING);

        assertThat(response.reasoningText()).isEqualTo("Hm");
        assertThat(response.text()).isEqualTo("Hello");
        assertThat(response.output()).hasSize(2);
    }

    @Test
    void itemsOfOtherIdsAndOtherPlacesAtTheEndAreThoseOfTheSameContent() {
        LlmResponse response = decoded(Answer.reasoning("Hm").thenText("Hello"), REASONING_LEFT_OUT_AND_OTHER_IDS_AT_END);

        assertThat(response.reasoningText()).isEqualTo("Hm");
        assertThat(response.text()).isEqualTo("Hello");
        assertThat(response.output()).hasSize(2);
    }
}
