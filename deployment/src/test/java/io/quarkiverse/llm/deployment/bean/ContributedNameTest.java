package io.quarkiverse.llm.deployment.bean;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkus.test.QuarkusUnitTest;

class ContributedNameTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Contribution.class))
            .addBuildChainCustomizer(new Contribution());

    @Inject
    @Any
    Instance<LlmProvider> all;

    @Test
    void anotherExtensionMayContributeAProvider() {
        assertThat(all.select(LlmClient.Literal.of("contributed")).get().name()).isEqualTo("contributed");
    }
}
