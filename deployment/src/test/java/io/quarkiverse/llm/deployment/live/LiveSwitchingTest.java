package io.quarkiverse.llm.deployment.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderChange.Cause;
import io.quarkiverse.llm.LlmProviderSettings.Setting;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.deployment.EchoServer;
import io.quarkus.test.QuarkusUnitTest;

/** Settings are changed in an application that runs, outside of development mode. */
class LiveSwitchingTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(EchoServer.class, Heard.class))
            .overrideConfigKey("quarkus.llm.local.base-url", EchoServer.baseUrl("local"))
            .overrideConfigKey("quarkus.llm.local.model", "small")
            .overrideConfigKey("quarkus.llm.local.api-key", "key-of-local")
            .overrideConfigKey("quarkus.llm.cloud.base-url", EchoServer.baseUrl("cloud"))
            .overrideConfigKey("quarkus.llm.active", "local")
            .setLogRecordPredicate(record -> record.getLoggerName().startsWith("io.quarkiverse.llm"))
            .assertLogRecords(records -> assertThat(records)
                    .allSatisfy(record -> assertThat(record.getMessage()).contains("An observer of")));

    @Inject
    LlmProvider llm;

    @Inject
    @LlmClient("local")
    LlmProvider local;

    @Inject
    LlmProviders providers;

    @Inject
    Heard heard;

    @BeforeEach
    void forget() {
        heard.changes().clear();
        heard.late().clear();
    }

    @AfterEach
    void reset() {
        providers.reset();
    }

    private static String ask(LlmProvider provider) {
        return provider.completeAndAwait(LlmRequest.of("hello")).text();
    }

    @Test
    void theNextRequestGoesToTheNewServer() {
        assertThat(ask(llm)).startsWith("/local/");

        providers.activate("cloud");
        assertThat(ask(llm)).startsWith("/cloud/");

        providers.update("cloud", LlmProviderUpdate.baseUrl(EchoServer.baseUrl("elsewhere")));
        assertThat(ask(llm)).startsWith("/elsewhere/");

        providers.reset();
        assertThat(ask(llm)).startsWith("/local/");
    }

    @Test
    void aStreamThatHasBegunFinishesWithWhatItBeganWith() {
        List<String> begun = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        llm.streamText(LlmRequest.of(EchoServer.SLOW)).subscribe().with(begun::add, end::completeExceptionally,
                () -> end.complete(null));
        await().atMost(SOON).until(() -> !begun.isEmpty());

        providers.update("local", LlmProviderUpdate.model("large").with("api-key", Secret.of("new-key")));

        assertThat(ask(local)).contains("model=large authorization=Bearer new-key");
        assertThat(end).succeedsWithin(SOON);
        assertThat(String.join("", begun)).contains("model=small authorization=Bearer key-of-local");
    }

    @Test
    void observersAreToldOfEachChange() {
        providers.update("local", LlmProviderUpdate.model("large"));
        providers.activate("cloud");

        assertThat(heard.changes()).extracting(LlmProviderChange::provider).containsExactly("local", LlmClient.DEFAULT);
        assertThat(heard.changes()).extracting(LlmProviderChange::cause).containsExactly(Cause.UPDATED, Cause.ACTIVATED);
        assertThat(heard.changes().get(0).keys()).containsExactly("model");
        await().atMost(SOON).until(() -> heard.late().size() == 2);
    }

    @Test
    void theSettingsAreShownWithTheirSources() {
        providers.update("local", LlmProviderUpdate.model("large"));

        assertThat(providers.settings("local").settings()).contains(
                new Setting("model", "large", "changed at run time"),
                new Setting("wire-api", "auto", "default value"))
                .anySatisfy(setting -> {
                    assertThat(setting.key()).isEqualTo("api-key");
                    assertThat(setting.value()).isEqualTo("***");
                    assertThat(setting.source()).startsWith("application.properties");
                });
    }

    @ApplicationScoped
    public static class Heard {

        private final List<LlmProviderChange> changes = new CopyOnWriteArrayList<>();
        private final List<LlmProviderChange> later = new CopyOnWriteArrayList<>();

        List<LlmProviderChange> changes() {
            return changes;
        }

        List<LlmProviderChange> late() {
            return later;
        }

        void now(@Observes LlmProviderChange change) {
            changes.add(change);
            throw new IllegalStateException("on purpose: the change has been made");
        }

        void later(@ObservesAsync LlmProviderChange change) {
            later.add(change);
        }
    }
}
