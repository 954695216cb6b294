package io.quarkiverse.llm.deployment.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInTest {

    private static final List<String> SAYS_WHICH = List.of("quarkus.llm.base-url", "quarkus.llm.active");
    private static final StandIn RUNNING = new StandIn(SAYS_WHICH, true, true, Set.of("dev"));
    private static final StandIn WAITING = new StandIn(SAYS_WHICH, true, false, Set.of("dev"));
    private static final StandIn IMPOSSIBLE = new StandIn(SAYS_WHICH, false, false, Set.of("dev"));

    private static boolean baseUrlTouches(StandIn standIn, Map<String, String> now) {
        return standIn.isTouched(Set.of("quarkus.llm.base-url", "quarkus.llm.model"),
                new SettingsFiles(Map.of(Path.of("application.properties"), now)));
    }

    @Test
    void itEndsWhenSomethingSaysWhichProvider() {
        assertThat(baseUrlTouches(RUNNING, Map.of("quarkus.llm.base-url", "http://host"))).isTrue();
    }

    @Test
    void otherSettingsDoNotTouchIt() {
        assertThat(RUNNING.isTouched(Set.of("quarkus.llm.model"), new SettingsFiles(Map.of()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "${LLM_URL:}" })
    void itMayBeginWhenNothingSaysWhichProviderAnyMore(String value) {
        assertThat(baseUrlTouches(WAITING, Map.of())).isTrue();
        assertThat(baseUrlTouches(WAITING, Map.of("quarkus.llm.base-url", value))).isTrue();
        assertThat(baseUrlTouches(WAITING, Map.of("%prod.quarkus.llm.base-url", "http://host"))).isTrue();
    }

    @Test
    void itDoesNotBeginWhileSomethingSaysWhichProvider() {
        assertThat(baseUrlTouches(WAITING, Map.of("quarkus.llm.active", "local"))).isFalse();
        assertThat(baseUrlTouches(WAITING, Map.of("%dev.quarkus.llm.base-url", "http://host"))).isFalse();
    }

    @Test
    void itNeverBeginsWhereNobodyAsksForIt() {
        assertThat(baseUrlTouches(IMPOSSIBLE, Map.of())).isFalse();
    }
}
