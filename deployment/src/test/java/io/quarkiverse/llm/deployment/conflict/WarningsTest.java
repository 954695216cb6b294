package io.quarkiverse.llm.deployment.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.logging.Level;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkus.test.QuarkusUnitTest;

/** All that is only warned of, in one application, which starts. */
class WarningsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Reports.one(Level.WARNING, report -> {
        assertThat(report).startsWith("Quarkus LLM found 13 warnings and 1 note about its providers:");
        assertThat(report.lines().filter(line -> line.startsWith("["))).containsExactly(
                "[warn] bean-over-configuration:mine",
                "[warn] no-wire-api:none",
                "[warn] pinned-api-missing:pinned",
                "[warn] pinned-transport-missing:upgrade",
                "[warn] strict-decoding:strict",
                "[warn] unknown-active:lcoal",
                "[warn] unknown-key:quarkus.llm.baseurl",
                "[warn] unknown-key:quarkus.llm.local.baseurl",
                "[warn] unknown-name:wrong",
                "[warn] unknown-proxy:behind",
                "[warn] unknown-tls:secure",
                "[warn] websocket-without-responses:socket",
                "[warn] websocket-without-responses:upgrade",
                "[info] same-server:local+twin");
        assertThat(report)
                .contains("    bean " + Mine.class.getName() + "\n    quarkus.llm.mine.base-url  application.properties:")
                .contains("Did you mean quarkus.llm.local.base-url?")
                .doesNotContain("hush");
    }).withApplicationRoot(root -> root.addClasses(Named.class, Mine.class, Reports.class))
            .overrideConfigKey("quarkus.llm.local.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.local.api-key", "hush")
            .overrideConfigKey("quarkus.llm.twin.base-url", "http://127.0.0.1:1")
            .overrideConfigKey("quarkus.llm.twin.api-key", "hush")
            .overrideConfigKey("quarkus.llm.mine.base-url", "http://127.0.0.1:2?key=hush")
            .overrideConfigKey("quarkus.llm.active", "lcoal")
            .overrideConfigKey("quarkus.llm.baseurl", "http://hush")
            .overrideConfigKey("quarkus.llm.local.baseurl", "http://hush")
            .overrideConfigKey("quarkus.llm.wrong.model", "hush")
            .overrideConfigKey("quarkus.llm.strict.preset", "vllm")
            .overrideConfigKey("quarkus.llm.strict.decoding", "strict")
            .overrideConfigKey("quarkus.llm.secure.base-url", "https://127.0.0.1:3")
            .overrideConfigKey("quarkus.llm.secure.tls-configuration-name", "inhouse")
            .overrideConfigKey("quarkus.llm.behind.base-url", "http://127.0.0.1:4")
            .overrideConfigKey("quarkus.llm.behind.proxy-configuration-name", "outside")
            .overrideConfigKey("quarkus.llm.socket.base-url", "http://127.0.0.1:5")
            .overrideConfigKey("quarkus.llm.socket.wire-api", "chat-completions")
            .overrideConfigKey("quarkus.llm.socket.capabilities.websocket", "true")
            .overrideConfigKey("quarkus.llm.pinned.base-url", "http://127.0.0.1:6")
            .overrideConfigKey("quarkus.llm.pinned.wire-api", "responses")
            .overrideConfigKey("quarkus.llm.pinned.capabilities.responses-api", "false")
            .overrideConfigKey("quarkus.llm.upgrade.base-url", "http://127.0.0.1:8")
            .overrideConfigKey("quarkus.llm.upgrade.transport", "websocket")
            .overrideConfigKey("quarkus.llm.upgrade.wire-api", "chat-completions")
            .overrideConfigKey("quarkus.llm.upgrade.capabilities.websocket", "false")
            .overrideConfigKey("quarkus.llm.none.base-url", "http://127.0.0.1:7")
            .overrideConfigKey("quarkus.llm.none.capabilities.responses-api", "false")
            .overrideConfigKey("quarkus.llm.none.capabilities.chat-completions-api", "false");

    @LlmClient("mine")
    @ApplicationScoped
    static class Mine extends Named {

        Mine() {
            super("the bean");
        }
    }

    @Inject
    @LlmClient("mine")
    LlmProvider mine;

    @Inject
    LlmProviders providers;

    @Test
    void theBeanIsUsed() {
        assertThat(Named.ask(mine)).isEqualTo("the bean");
        assertThat(Named.ask(providers.get("mine"))).isEqualTo("the bean");
    }

    @Test
    void noOtherTakesThePlaceOfTheDefaultProvider() {
        assertThat(providers.find(LlmClient.DEFAULT)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(providers::defaultProvider)
                .withMessageContaining("quarkus.llm.active is 'lcoal', which is no configured provider");
    }

    @Test
    void aProviderDoesNotConnectOtherwiseThanItIsTold() {
        assertThat(providers.names()).containsExactly("local", "mine", "none", "pinned", "socket", "strict", "twin",
                "upgrade");
    }
}
