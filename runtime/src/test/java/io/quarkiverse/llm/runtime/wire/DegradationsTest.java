package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DegradationsTest {

    private static final Degradation MORE = new Degradation("messages", "There is more of the kind, which is not listed.");

    private static void add(Degradations degradations, int count) {
        for (int i = 0; i < count; i++) {
            degradations.add("messages[" + i + "]", "odd");
        }
    }

    @Test
    void fiftyAreListed() {
        Degradations degradations = new Degradations("messages");
        add(degradations, 50);

        assertThat(degradations.all()).hasSize(50).doesNotContain(MORE);
    }

    @Test
    void ofMoreItIsSaidOnceThatTheyAreThere() {
        Degradations degradations = new Degradations("messages");
        add(degradations, 1000);

        assertThat(degradations.all()).hasSize(51).endsWith(MORE).containsOnlyOnce(MORE);
    }

    @Test
    void thoseOfBeforeCount() {
        Degradations before = new Degradations("messages");
        add(before, 1000);
        Degradations degradations = new Degradations("input", before.all());
        add(degradations, 1000);

        assertThat(degradations.all()).isEqualTo(before.all());
    }
}
