package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPlaceTest {

    private final StreamPlace place = StreamPlace.unknown();

    private boolean take(String event) {
        byte[] data = ("  " + event.replace('\'', '"') + "xx").getBytes(StandardCharsets.UTF_8);
        return place.take(data, 2, data.length - 4);
    }

    @Test
    void theIdIsThatOfTheResponseAndOfNothingInIt() {
        take("{'type':'response.created','response':{'output':[{'id':'msg_1'}],'id':'resp_1'},'sequence_number':0}");

        assertThat(place.responseId()).isEqualTo("resp_1");
        assertThat(place.last()).isZero();
    }

    @Test
    void theNumberIsThatOfTheEventWhereverItStands() {
        assertThat(take("{'sequence_number':4,'type':'response.output_text.delta','delta':'a'}")).isTrue();
        assertThat(take("{'type':'x','item':{'sequence_number':9},'sequence_number':5}")).isTrue();

        assertThat(place.last()).isEqualTo(5);
    }

    @Test
    void whatWasSeenIsNoFurther() {
        StreamPlace later = StreamPlace.in("resp_1", 5);
        byte[] seen = "{\"sequence_number\":5}".getBytes(StandardCharsets.UTF_8);

        assertThat(later.take(seen, 0, seen.length)).isFalse();
        assertThat(later.last()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[DONE]", "{'type':'ping'}", "{'sequence_number':'7'}", "{'sequence_number':", "", "7" })
    void whatHasNoNumberIsHandedOn(String event) {
        assertThat(take(event)).isTrue();
        assertThat(place.last()).isEqualTo(-1);
    }

    @Test
    void announcementsAreNoContent() {
        take("{'type':'response.in_progress','response':{'id':'resp_1'},'sequence_number':1}");
        take("{'type':'response.output_item.added','item':{},'sequence_number':2}");
        assertThat(place.isInContent()).isFalse();

        take("{'type':'response.output_text.delta','delta':'a','sequence_number':3}");
        assertThat(place.isInContent()).isTrue();
    }
}
