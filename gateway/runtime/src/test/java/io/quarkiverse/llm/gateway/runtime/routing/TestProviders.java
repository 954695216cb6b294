package io.quarkiverse.llm.gateway.runtime.routing;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.eclipse.microprofile.context.spi.ContextManagerProvider;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.UnknownModel;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.quarkiverse.llm.runtime.provider.ProviderSnapshot;
import io.quarkiverse.llm.runtime.provider.WireProvider;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Configured providers whose lists of models a test decides, and a clock that it turns. */
final class TestProviders implements AutoCloseable {

    static {
        // Quarkus starts it before there are requests; the first use from several threads at once would fail
        ContextManagerProvider.instance().getContextManager();
    }

    final Vertx vertx = Vertx.vertx();
    final AtomicLong nanos = new AtomicLong();
    private final Map<String, Supplier<Uni<List<LlmModel>>>> lists = new HashMap<>();
    private final Map<String, AtomicInteger> asked = new HashMap<>();
    private final Map<String, String> configured = new TreeMap<>();
    private final Map<String, String> routes = new TreeMap<>();
    private Optional<String> active = Optional.empty();
    private UnknownModel unknown = UnknownModel.DEFAULT;
    private LlmRegistry registry;
    private ModelCatalog catalog;

    /** A provider that lists these models. */
    TestProviders provider(String name, String... models) {
        return provider(name, () -> Uni.createFrom().item(models(models)));
    }

    TestProviders provider(String name, Supplier<Uni<List<LlmModel>>> models) {
        configured.put(key(name, "base-url"), "http://127.0.0.1:1/v1");
        lists.put(name, models);
        asked.putIfAbsent(name, new AtomicInteger());
        return this;
    }

    /** A real provider of that server. */
    TestProviders server(String name, String baseUrl) {
        configured.put(key(name, "base-url"), baseUrl);
        return this;
    }

    TestProviders setting(String name, String key, String value) {
        configured.put(key(name, key), value);
        return this;
    }

    private static String key(String name, String key) {
        return "quarkus.llm." + (name.startsWith("<") ? "" : name + ".") + key;
    }

    TestProviders route(String name, String value) {
        routes.put(name, value);
        return this;
    }

    TestProviders active(String name) {
        active = Optional.of(name);
        return this;
    }

    TestProviders reject() {
        unknown = UnknownModel.REJECT;
        return this;
    }

    static List<LlmModel> models(String... ids) {
        return List.of(ids).stream().map(id -> model(id, "{}")).toList();
    }

    static LlmModel model(String id, String json) {
        return new LlmModel(id, Optional.empty(), Optional.empty(), Optional.empty(), RawJson.of(json));
    }

    LlmRegistry registry() {
        if (registry == null) {
            registry = LlmRegistry.create(settings().values(), this::snapshot, Set.of(), name -> null, active);
        }
        return registry;
    }

    /** Makes what is configured now hold. */
    void change() {
        registry().replace(settings().values(), active);
    }

    private Map<String, ProviderSettings> settings() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withMapping(LlmRuntimeConfig.class)
                .withSources(new PropertiesConfigSource(configured, "test", 500)).build();
        SettingsResolver resolver = SettingsResolver.of(config, LaunchMode.TEST, Withheld.NOTHING);
        return resolver.resolve(resolver.names());
    }

    private ProviderSnapshot snapshot(ProviderSettings settings) {
        String name = settings.name();
        if (!lists.containsKey(name)) {
            Transport transport = new HttpTransport(settings, vertx, options -> {
            });
            return new ProviderSnapshot(new WireProvider(settings, new ChatCodec(settings), transport, vertx), transport);
        }
        return new ProviderSnapshot(new LlmProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Multi<LlmEvent> stream(LlmRequest request) {
                return Multi.createFrom().failure(new AssertionError("nobody streams here"));
            }

            @Override
            public Uni<List<LlmModel>> models() {
                asked.get(name).incrementAndGet();
                return lists.get(name).get();
            }
        }, new NoTransport());
    }

    /** How often a provider was asked for its models. */
    int asked(String name) {
        return asked.get(name).get();
    }

    void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    ModelCatalog catalog() {
        if (catalog == null) {
            catalog = new ModelCatalog(registry(), vertx, Duration.ofSeconds(60), nanos::get);
        }
        return catalog;
    }

    Routes routes() {
        return Routes.of(routes);
    }

    ModelRouter router() {
        return new ModelRouter(registry(), catalog(), routes(), unknown);
    }

    ListedModels listed() {
        return new ListedModels(registry(), catalog(), routes());
    }

    /** Where a request for this model goes, as {@code provider:model}; the provider's own model without the colon. */
    String target(String model) {
        Target target = router().route(Optional.ofNullable(model), all -> true).await().atMost(Duration.ofSeconds(20));
        return target.name() + target.model().map(name -> ":" + name).orElse("");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class NoTransport implements Transport {

        @Override
        public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
            throw new AssertionError("nobody sends here");
        }

        @Override
        public Future<Void> retire() {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }
}
