package io.quarkiverse.llm.runtime.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderChange.Cause;

class AnnouncementsTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void aChangeThatAnObserverMakesIsToldAfterTheOneItHearsOf() {
        List<Announcements> self = new ArrayList<>();
        Announcements announcements = new Announcements(change -> {
            told.add("begin " + change.provider());
            if (change.provider().equals("one")) {
                self.get(0).add(List.of(change("two")));
                self.get(0).tell();
            }
            told.add("end " + change.provider());
        });
        self.add(announcements);

        announcements.add(List.of(change("one")));
        announcements.tell();

        assertThat(told).containsExactly("begin one", "end one", "begin two", "end two");
    }

    @Test
    void eachIsToldOnce() {
        Consumer<LlmProviderChange> observer = change -> told.add(change.provider());
        Announcements announcements = new Announcements(observer);

        announcements.add(List.of(change("one"), change("two")));
        announcements.tell();
        announcements.tell();

        assertThat(told).containsExactly("one", "two");
    }

    private static LlmProviderChange change(String provider) {
        return new LlmProviderChange(provider, Cause.UPDATED, new TreeSet<>(List.of("model")));
    }
}
