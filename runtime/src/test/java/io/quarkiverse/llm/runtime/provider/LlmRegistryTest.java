package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.vertx.core.Context;
import io.vertx.core.Future;

class LlmRegistryTest {

    private static final LlmRequest HELLO = LlmRequest.of("hello");

    private final List<FakeTransport> transports = new ArrayList<>();

    @Test
    void namesAreThoseOfSettingsAndBeans() {
        LlmRegistry registry = registry(Optional.empty(), Set.of("mine"), LlmClient.DEFAULT, "local");

        assertThat(registry.names()).containsExactly(LlmClient.DEFAULT, "local", "mine");
        assertThat(registry.get("local").name()).isEqualTo("local");
        assertThat(registry.get("mine").name()).isEqualTo("mine");
        assertThat(registry.defaultProvider().name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(registry.active()).isEmpty();
    }

    @Test
    void aNameAlwaysGivesTheSameProvider() {
        LlmRegistry registry = registry(Optional.empty(), Set.of(), "local");

        assertThat(registry.get("local")).isSameAs(registry.find("local").orElseThrow());
    }

    @Test
    void anUnknownNameIsToldWhichOnesThereAre() {
        LlmRegistry registry = registry(Optional.empty(), Set.of(), "local");

        assertThat(registry.find("remote")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> registry.get("remote"))
                .withMessage("There is no provider 'remote'; there are: local");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.get("lcoal"))
                .withMessage("There is no provider 'lcoal'; did you mean 'local'?");
        assertThatIllegalArgumentException().isThrownBy(registry::defaultProvider)
                .withMessage("There is no default provider; there are: local");
    }

    @Test
    void theActiveProviderStandsBehindTheDefaultOne() {
        LlmRegistry registry = registry(Optional.of("local"), Set.of(), "local", "remote");

        assertThat(registry.active()).contains("local");
        assertThat(registry.names()).containsExactly(LlmClient.DEFAULT, "local", "remote");
        assertThat(registry.defaultProvider().name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(text(registry.defaultProvider())).isEqualTo("local");
    }

    @Test
    void aBeanMayBeActive() {
        assertThat(text(registry(Optional.of("mine"), Set.of("mine")).defaultProvider())).isEqualTo("bean mine");
    }

    @Test
    void noOtherTakesThePlaceOfAnUnknownActiveProvider() {
        LlmRegistry registry = registry(Optional.of("lcoal"), Set.of(), "local");

        assertThat(registry.names()).containsExactly("local");
        assertThatIllegalArgumentException().isThrownBy(registry::defaultProvider)
                .withMessage("quarkus.llm.active is 'lcoal', which is no configured provider");
    }

    @Test
    void aDefaultBeanAndAnActiveProviderContradictEachOther() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> registry(Optional.of("local"), Set.of(LlmClient.DEFAULT), "local"))
                .withMessage("quarkus.llm.active is 'local', but a bean of the application is the default provider: remove one "
                        + "of the two");
    }

    @Test
    void aProviderThatCannotBeMadeClosesThoseBeforeIt() {
        ProviderFactory factory = settings -> {
            if (settings.name().equals("b")) {
                throw new ConfigurationException("no such TLS configuration");
            }
            return snapshot(provider(settings.name(), () -> Multi.createFrom().empty()));
        };

        assertThatThrownBy(() -> LlmRegistry.create(settings("a", "b"), factory, Set.of(), name -> null, Optional.empty()))
                .hasMessage("no such TLS configuration");
        assertThat(transports).singleElement().matches(transport -> transport.closed);
    }

    @Test
    void aBeanIsAskedForOnceWhenItIsFirstUsed() {
        List<String> asked = new ArrayList<>();
        Function<String, LlmProvider> beans = name -> {
            asked.add(name);
            return provider("bean", () -> Multi.createFrom().empty());
        };
        LlmRegistry registry = LlmRegistry.create(List.of(), settings -> null, Set.of("mine"), beans, Optional.empty());

        LlmProvider mine = registry.get("mine");
        assertThat(asked).isEmpty();

        mine.capabilities();
        mine.capabilities();
        assertThat(asked).containsExactly("mine");
    }

    @Test
    void aStreamThatHasBegunFinishesOnTheProviderItBeganWith() {
        UnicastProcessor<LlmEvent> before = UnicastProcessor.create();
        LlmRegistry registry = LlmRegistry.create(settings("local"), settings -> snapshot(provider("old", () -> before)),
                Set.of(), name -> null, Optional.of("local"));
        LlmProvider local = registry.get("local");
        Multi<LlmEvent> cold = local.stream(HELLO);
        CompletableFuture<List<LlmEvent>> begun = local.stream(HELLO).collect().asList().subscribeAsCompletionStage();
        before.onNext(text("old", 0));

        Future<Void> closed = registry.replace("local",
                snapshot(provider("new", () -> Multi.createFrom().item(text("new", 0)))));
        before.onNext(text("old", 1));
        before.onComplete();

        assertThat(begun.join()).containsExactly(text("old", 0), text("old", 1));
        assertThat(closed.succeeded()).isTrue();
        assertThat(transports).extracting(transport -> transport.closed).containsExactly(true, false);
        assertThat(cold.collect().asList().await().indefinitely()).containsExactly(text("new", 0));
        assertThat(text(registry.defaultProvider())).isEqualTo("new");
        assertThat(registry.get("local")).isSameAs(local);
    }

    @Test
    void onlyConfiguredProvidersCanBeReplaced() {
        LlmRegistry registry = registry(Optional.empty(), Set.of("mine"), "local");

        assertThatIllegalArgumentException().isThrownBy(() -> registry.replace("mine", snapshot(answering("other"))))
                .withMessage("There is no provider 'mine'; there are: local");
    }

    @Test
    void closingClosesAllTransports() {
        LlmRegistry registry = registry(Optional.empty(), Set.of("mine"), "local", "remote");

        assertThat(registry.close().succeeded()).isTrue();
        assertThat(transports).hasSize(2).allMatch(transport -> transport.closed);
    }

    @Test
    void nothingIsAskedBeforeTheSubscription() {
        List<String> asked = new ArrayList<>();
        LlmRegistry registry = LlmRegistry.create(settings("local"), settings -> snapshot(provider("local", () -> {
            asked.add("stream");
            return Multi.createFrom().empty();
        })), Set.of(), name -> null, Optional.empty());

        Multi<String> text = registry.get("local").streamText(HELLO);
        assertThat(asked).isEmpty();

        text.collect().asList().await().indefinitely();
        text.collect().asList().await().indefinitely();
        assertThat(asked).hasSize(2);
    }

    /** A registry whose configured providers answer with their own names and whose beans say so. */
    private LlmRegistry registry(Optional<String> active, Set<String> beans, String... configured) {
        return LlmRegistry.create(settings(configured), settings -> snapshot(answering(settings.name())), beans,
                name -> answering("bean " + name), active);
    }

    private static List<ProviderSettings> settings(String... names) {
        return Stream.of(names).map(LlmRegistryTest::settingsOf).toList();
    }

    private static ProviderSettings settingsOf(String name) {
        return TestSettings.of("http://host").name(name).build();
    }

    private ProviderSnapshot snapshot(LlmProvider provider) {
        FakeTransport transport = new FakeTransport();
        transports.add(transport);
        return new ProviderSnapshot(provider, transport);
    }

    private static LlmProvider answering(String text) {
        return provider("behind", () -> Multi.createFrom().item(text(text, 0)));
    }

    private static LlmProvider provider(String name, Supplier<Multi<LlmEvent>> answer) {
        return new LlmProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Multi<LlmEvent> stream(LlmRequest request) {
                return answer.get();
            }
        };
    }

    private static String text(LlmProvider provider) {
        return String.join("", provider.streamText(HELLO).collect().asList().await().indefinitely());
    }

    private static LlmEvent text(String delta, int part) {
        return new LlmEvent.TextDelta("item", 0, part, delta, Optional.empty());
    }

    private static final class FakeTransport implements Transport {

        private boolean closed;

        @Override
        public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> close() {
            closed = true;
            return Future.succeededFuture();
        }
    }
}
