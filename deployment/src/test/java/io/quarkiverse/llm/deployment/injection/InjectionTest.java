package io.quarkiverse.llm.deployment.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;

/** Every way to get at a provider in one application. */
class InjectionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(EchoServer.class))
            .overrideConfigKey("quarkus.llm.base-url", EchoServer.baseUrl("default"))
            .overrideConfigKey("quarkus.llm.model", "one")
            .overrideConfigKey("quarkus.llm.local.base-url", EchoServer.baseUrl("local"))
            .overrideConfigKey("quarkus.llm.local.model", "two")
            .overrideConfigKey("quarkus.llm.local.api-key", "hush")
            .overrideConfigKey("quarkus.llm.unused.base-url", EchoServer.baseUrl("unused"))
            .overrideRuntimeConfigKey("quarkus.llm.late.base-url", EchoServer.baseUrl("late"))
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records).isEmpty());

    @Inject
    LlmProvider plain;

    @Inject
    @LlmClient
    LlmProvider qualified;

    @Inject
    @LlmClient("local")
    LlmProvider local;

    @Inject
    @LlmClient("optional")
    InjectableInstance<LlmProvider> optional;

    @Inject
    @Any
    Instance<LlmProvider> all;

    @Inject
    LlmProviders providers;

    @Test
    void bothInjectionsOfTheDefaultProviderAreTheSame() {
        assertThat(ClientProxy.unwrap(plain)).isSameAs(ClientProxy.unwrap(qualified));
        assertThat(plain.name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(ask(plain)).isEqualTo("/default/chat/completions model=one authorization=null");
    }

    @Test
    void aNamedProviderHasItsOwnSettings() {
        assertThat(local.name()).isEqualTo("local");
        assertThat(ask(local)).isEqualTo("/local/chat/completions model=two authorization=Bearer hush");
    }

    @Test
    void eventsStreamThroughTheInjectedBean() {
        String text = String.join("", local.streamText(LlmRequest.of("hello")).collect().asList().await().indefinitely());

        assertThat(text).isEqualTo("/local/chat/completions model=two authorization=Bearer hush");
    }

    @Test
    void aLookUpInCodeFindsWhatTheBuildKnew() {
        assertThat(all.select(LlmClient.Literal.of("unused")).get().name()).isEqualTo("unused");
        assertThat(all.select(LlmClient.Literal.of("late")).isResolvable()).isFalse();
    }

    @Test
    void providersKnowWhatOnlyTheRunTimeKnows() {
        assertThat(providers.names()).containsExactly(LlmClient.DEFAULT, "late", "local", "unused");
        assertThat(ask(providers.get("late"))).startsWith("/late/chat/completions");
        assertThat(ask(providers.defaultProvider())).startsWith("/default/chat/completions");
        assertThat(providers.active()).isEmpty();
    }

    @Test
    void anUnknownNameIsToldWhatIsClose() {
        assertThat(providers.find("lcoal")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> providers.get("lcoal"))
                .withMessage("There is no provider 'lcoal'; did you mean 'local'?");
    }

    @Test
    void anInstanceOfAProviderThatIsNotConfiguredDoesNotFailTheStart() {
        assertThat(optional.getHandle().getBean().isActive()).isFalse();
        assertThat(optional.listActive()).isEmpty();
    }

    private static String ask(LlmProvider provider) {
        return provider.completeAndAwait(LlmRequest.of("hello")).text();
    }
}
