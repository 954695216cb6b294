package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkus.test.QuarkusUnitTest;

/** Providers that other extensions bring along. */
class ExtensionProvidersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Reports.one(Level.WARNING, report -> {
        assertThat(report.lines().filter(line -> line.startsWith("["))).containsExactly(
                "[warn] bean-over-extension:mine",
                "[warn] configuration-over-extension:taken",
                "[warn] extension-over-extension:acme",
                "[warn] greeting:own");
        assertThat(report).contains("    extension quarkus-acme   priority 1\n    extension quarkus-other  priority 0")
                .doesNotContain("hush");
    }).withApplicationRoot(root -> root.addClasses(Named.class, Mine.class, Reports.class, Extensions.class, EchoServer.class,
            GreetingRecorder.class, GreetingRule.class))
            .addBuildChainCustomizer(new Extensions())
            .overrideConfigKey("quarkus.llm.taken.base-url", EchoServer.baseUrl("taken"))
            .overrideConfigKey("quarkus.llm.taken.model", "any")
            .overrideConfigKey("quarkus.llm.acme.model", "large");

    @LlmClient("mine")
    @ApplicationScoped
    static class Mine extends Named {

        Mine() {
            super("the bean");
        }
    }

    @Inject
    @LlmClient("own")
    LlmProvider own;

    @Inject
    @LlmClient("acme")
    LlmProvider acme;

    @Inject
    @LlmClient("taken")
    LlmProvider taken;

    @Inject
    @LlmClient("mine")
    LlmProvider mine;

    @Inject
    LlmProviders providers;

    @Test
    void aProviderOfAnExtensionsOwnIsInjectedAndLookedUpLikeAnyOther() {
        assertThat(own.name()).isEqualTo("own");
        assertThat(Named.ask(own)).isEqualTo("an extension's own");
        assertThat(Named.ask(providers.get("own"))).isEqualTo("an extension's own");
        assertThat(providers.names()).containsExactly("acme", "mine", "own", "taken");
    }

    @Test
    void settingsOfTheFirstExtensionAreDefaultsThatTheApplicationMayChange() {
        assertThat(acme.completeAndAwait(LlmRequest.of("hello")).text())
                .isEqualTo("/acme/chat/completions model=large authorization=Bearer hush");
    }

    @Test
    void configurationGoesBefore() {
        assertThat(taken.completeAndAwait(LlmRequest.of("hello")).text()).startsWith("/taken/");
    }

    @Test
    void aBeanGoesBefore() {
        assertThat(Named.ask(mine)).isEqualTo("the bean");
        assertThat(Named.ask(providers.get("mine"))).isEqualTo("the bean");
    }
}
