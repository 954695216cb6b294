package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
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
        assertThat(get(registry, "local").name()).isEqualTo("local");
        assertThat(get(registry, "mine").name()).isEqualTo("mine");
        assertThat(get(registry, LlmClient.DEFAULT).name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(registry.active()).isEmpty();
    }

    @Test
    void aNameAlwaysGivesTheSameProvider() {
        LlmRegistry registry = registry(Optional.empty(), Set.of(), "local");

        assertThat(get(registry, "local")).isSameAs(registry.find("local").orElseThrow());
    }

    @Test
    void anUnknownNameIsNotThere() {
        LlmRegistry registry = registry(Optional.empty(), Set.of(), "local");

        assertThat(registry.find("remote")).isEmpty();
        assertThat(registry.find(LlmClient.DEFAULT)).isEmpty();
    }

    @Test
    void theActiveProviderStandsBehindTheDefaultOne() {
        LlmRegistry registry = registry(Optional.of("local"), Set.of(), "local", "remote");

        assertThat(registry.active()).contains("local");
        assertThat(registry.names()).containsExactly(LlmClient.DEFAULT, "local", "remote");
        assertThat(get(registry, LlmClient.DEFAULT).name()).isEqualTo(LlmClient.DEFAULT);
        assertThat(text(get(registry, LlmClient.DEFAULT))).isEqualTo("local");
    }

    @Test
    void aBeanMayBeActive() {
        assertThat(text(get(registry(Optional.of("mine"), Set.of("mine")), LlmClient.DEFAULT))).isEqualTo("bean mine");
    }

    @Test
    void noOtherProviderTakesThePlaceOfAnActiveOneThatIsMissing() {
        LlmRegistry registry = registry(Optional.of("lcoal"), Set.of(), LlmClient.DEFAULT, "local");

        assertThat(registry.find(LlmClient.DEFAULT)).isEmpty();
        assertThat(registry.names()).containsExactly("local");
    }

    @Test
    void aBeanThatIsTheDefaultProviderStaysIt() {
        LlmRegistry registry = registry(Optional.of("local"), Set.of(LlmClient.DEFAULT), "local");

        assertThat(text(get(registry, LlmClient.DEFAULT))).isEqualTo("bean " + LlmClient.DEFAULT);
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

        LlmProvider mine = get(registry, "mine");
        assertThat(asked).isEmpty();

        mine.capabilities();
        mine.capabilities();
        assertThat(asked).containsExactly("mine");
    }

    @Test
    void aStreamThatHasBegunFinishesOnTheProviderItBeganWith() {
        UnicastProcessor<LlmEvent> before = UnicastProcessor.create();
        LlmRegistry registry = LlmRegistry.create(settings("local"), settings -> snapshot(settings.model().isPresent()
                ? provider("old", () -> before)
                : provider("new", () -> Multi.createFrom().item(text("new", 0)))), Set.of(), name -> null,
                Optional.of("local"));
        LlmProvider local = get(registry, "local");
        Multi<LlmEvent> cold = local.stream(HELLO);
        CompletableFuture<List<LlmEvent>> begun = local.stream(HELLO).collect().asList().subscribeAsCompletionStage();
        before.onNext(text("old", 0));

        Future<Void> closed = registry.replace(List.of(changed("local")), Optional.of("local"));
        before.onNext(text("old", 1));
        before.onComplete();

        assertThat(begun.join()).containsExactly(text("old", 0), text("old", 1));
        assertThat(closed.succeeded()).isTrue();
        assertThat(transports).extracting(transport -> transport.closed).containsExactly(true, false);
        assertThat(cold.collect().asList().await().indefinitely()).containsExactly(text("new", 0));
        assertThat(text(get(registry, LlmClient.DEFAULT))).isEqualTo("new");
        assertThat(get(registry, "local")).isSameAs(local);
    }

    @Test
    void providersWithTheSameSettingsStay() {
        LlmRegistry registry = registry(Optional.empty(), Set.of(), "local", "remote");

        registry.replace(List.of(settingsOf("local"), changed("remote")), Optional.empty());

        assertThat(transports).extracting(transport -> transport.closed).containsExactly(false, true, false);
    }

    @Test
    void aChangeThatFailsChangesNothing() {
        LlmRegistry registry = LlmRegistry.create(settings("a", "b"), settings -> {
            if (settings.name().equals("b") && settings.model().isEmpty()) {
                throw new ConfigurationException("no such TLS configuration");
            }
            return snapshot(answering(settings.model().orElse("changed")));
        }, Set.of(), name -> null, Optional.empty());

        assertThatThrownBy(() -> registry.replace(List.of(changed("a"), changed("b")), Optional.of("a")))
                .hasMessage("no such TLS configuration");

        assertThat(text(get(registry, "a"))).isEqualTo("configured-model");
        assertThat(registry.active()).isEmpty();
        assertThat(transports).extracting(transport -> transport.closed).containsExactly(false, false, true);
    }

    @Test
    void anotherProviderIsPutBehindTheDefaultOne() {
        LlmRegistry registry = registry(Optional.of("local"), Set.of("mine"), "local", "remote");
        LlmProvider provider = get(registry, LlmClient.DEFAULT);

        registry.replace(settings("local", "remote"), Optional.of("remote"));
        assertThat(text(provider)).isEqualTo("remote");

        registry.replace(settings("local", "remote"), Optional.of("mine"));
        assertThat(text(provider)).isEqualTo("bean mine");
        assertThat(transports).noneMatch(transport -> transport.closed);
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

        Multi<String> text = get(registry, "local").streamText(HELLO);
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

    private static LlmProvider get(LlmRegistry registry, String name) {
        return registry.find(name).orElseThrow();
    }

    private static ProviderSettings changed(String name) {
        return TestSettings.of("http://host").name(name).model(Optional.empty()).build();
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
