package io.quarkiverse.llm.runtime.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class NearestNameTest {

    @Test
    void swappedMissingAndWrongLettersAreFound() {
        assertThat(NearestName.of("lcoal", List.of("remote", "local"))).containsExactly("local");
        assertThat(NearestName.of("loal", List.of("remote", "local"))).containsExactly("local");
        assertThat(NearestName.of("Local", List.of("remote", "local"))).containsExactly("local");
        assertThat(NearestName.of("lokal", List.of("local", "loyal"))).containsExactly("local", "loyal");
    }

    @Test
    void whatIsFarAwayIsNotOffered() {
        assertThat(NearestName.of("gemini", List.of("openai", "x"))).isEmpty();
        assertThat(NearestName.of("y", List.of("x"))).isEmpty();
    }

    @Test
    void theNameItselfIsNoNearMiss() {
        assertThat(NearestName.of("local", List.of("local"))).isEmpty();
    }

    @Test
    void theQuestionEndsASentence() {
        assertThat(NearestName.question("lokal", List.of("local", "loyal"))).isEqualTo("; did you mean 'local' or 'loyal'?");
        assertThat(NearestName.question("lokal", List.of())).isEmpty();
    }

    @Test
    void aSwapCountsAsOne() {
        assertThat(NearestName.distance("ab", "ba")).isEqualTo(1);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    }
}
