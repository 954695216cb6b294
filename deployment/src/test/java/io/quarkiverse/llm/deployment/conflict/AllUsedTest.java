package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkus.arc.All;
import io.quarkus.test.QuarkusUnitTest;

class AllUsedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Reports.none()
            .withApplicationRoot(root -> root.addClasses(Reports.class))
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.base-url", "http://127.0.0.1:2");

    @Inject
    @All
    List<LlmProvider> all;

    @Test
    void nobodyCanTellWhichOneIsNotUsedWhereAListHasThemAll() {
        assertThat(all).extracting(LlmProvider::name).containsExactlyInAnyOrder(LlmClient.DEFAULT, "local");
    }
}
