package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.leaks.Leaks;
import io.quarkiverse.llm.runtime.provider.Trial.Medium;
import io.quarkiverse.llm.runtime.provider.Trial.Target;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.ApiDecoding;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** A server, providers for it, and what is needed to run trials on them. */
final class Trials implements AutoCloseable {

    static final Map<Api, WireApi> WIRE_APIS = Map.of(Api.CHAT_COMPLETIONS, WireApi.CHAT_COMPLETIONS, Api.RESPONSES,
            WireApi.RESPONSES);
    static final Duration AT_MOST = Duration.ofSeconds(20);
    static final int EVENT_LOOPS = 2;
    static final int ROOM = 250;
    /** Few, so that they are used again. */
    private static final int CONNECTIONS = 8;

    /** Many minutes, so that a timer which stays is seen. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Medium medium;
    final long seed;
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2));
    final ScriptedServer server;
    private final ScheduledExecutorService elsewhere = Executors.newSingleThreadScheduledExecutor();
    private final ContextInternal worker = ((VertxInternal) vertx).createWorkerContext();
    private final Map<Api, Map<Target, WireProvider>> providers = new EnumMap<>(Api.class);
    private final List<Transport> transports = new ArrayList<>();
    private volatile Leaks leaks;

    Trials(long seed) {
        this(Medium.HTTP, seed);
    }

    /** Those of other media than HTTP use WebSockets, which {@link Leaks} does not watch here. */
    Trials(Medium medium, long seed) {
        this(medium, seed, new HttpServerOptions(), false, options -> {
        });
    }

    Trials(long seed, HttpServerOptions serverOptions, boolean http2, Consumer<HttpClientOptions> clientOptions) {
        this(Medium.HTTP, seed, serverOptions, http2, clientOptions);
    }

    private Trials(Medium medium, long seed, HttpServerOptions serverOptions, boolean http2,
            Consumer<HttpClientOptions> clientOptions) {
        this.medium = medium;
        this.seed = seed;
        // its context propagation cannot be initialized by two threads at a time
        Uni.createFrom().voidItem().await().indefinitely();
        Infrastructure.setDroppedExceptionHandler(dropped -> {
            // what subscribers throw at the end, on purpose
        });
        this.server = ScriptedServer.start(serverOptions, request -> {
            OptionalInt number = Trial.numberOf(request);
            return number.isEmpty() ? Answer.text("a") : trial(number.getAsInt()).answer();
        });
        for (Api api : Api.values()) {
            providers.put(api, providers(api, http2, clientOptions));
        }
    }

    Trial trial(int number) {
        return new Trial(medium, seed, number);
    }

    /** Fails when one of so many at a time does not end, or not as it may. */
    void atATime(int from, int count) {
        List<Trial> all = IntStream.range(from, from + count).mapToObj(this::trial).toList();
        List<TrialSubscriber> subscribers = all.stream().map(this::subscribe).toList();
        for (int i = 0; i < count; i++) {
            awaitAndCheck(all.get(i), subscribers.get(i));
        }
    }

    private Map<Target, WireProvider> providers(Api api, boolean http2, Consumer<HttpClientOptions> clientOptions) {
        Map<Target, WireProvider> byTarget = new EnumMap<>(Target.class);
        for (Target target : Target.values()) {
            String baseUrl = target == Target.NOBODY ? "http://127.0.0.1:1" : server.baseUrl();
            TestSettings settings = TestSettings.of(baseUrl).api(WIRE_APIS.get(api)).concurrency(ROOM, 2000)
                    .keepAlive(Duration.ofSeconds(1))
                    .capabilities(OverWebSocket.HAS_WEBSOCKETS).webSocket(sockets -> sockets.withMaxConnections(CONNECTIONS))
                    .sizes(10_000, 50_000).connect(LONG).acquire(LONG);
            Duration limit = target == Target.HASTY ? Trial.SHORT : LONG;
            settings.firstEvent(limit).idle(limit);
            byTarget.put(target, provider(api, (http2 ? settings.http2() : settings).build(), clientOptions));
        }
        return byTarget;
    }

    private WireProvider provider(Api api, ProviderSettings settings, Consumer<HttpClientOptions> clientOptions) {
        if (medium != Medium.HTTP) {
            ProviderSettings over = settings.withWire(settings.wire()
                    .withTransport(medium == Medium.WEBSOCKET && api == Api.RESPONSES ? StreamTransport.WEBSOCKET
                            : StreamTransport.AUTO));
            Transports both = OverWebSocket.transports(over, vertx);
            transports.add(both);
            return new WireProvider(over, ApiDecoding.codec(api, over), both, vertx);
        }
        HttpTransport transport = new HttpTransport(settings, vertx, clientOptions);
        transports.add(transport);
        return new WireProvider(settings, ApiDecoding.codec(api, settings), new Transport() {
            @Override
            public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
                return watched(transport.open(context, request, watched(listener)));
            }

            @Override
            public Future<Void> close() {
                return transport.close();
            }
        }, vertx);
    }

    private <T> T watched(T object) {
        return leaks == null ? object : leaks.watch(object);
    }

    /** From now on all that belongs to a request is watched. */
    void watch(Leaks newLeaks) {
        leaks = newLeaks;
    }

    WireProvider provider(Api api, Target target) {
        return providers.get(api).get(target);
    }

    TrialSubscriber subscribe(Trial trial) {
        TrialSubscriber subscriber = watched(new TrialSubscriber(trial.behaviour(), elsewhere));
        switch (trial.behaviour().place()) {
            case NO_CONTEXT -> subscribe(trial, subscriber);
            case EVENT_LOOP -> ((VertxInternal) vertx).createEventLoopContext().duplicate()
                    .runOnContext(there -> subscribe(trial, subscriber));
            case WORKER -> worker.duplicate().runOnContext(there -> subscribe(trial, subscriber));
        }
        return subscriber;
    }

    private void subscribe(Trial trial, TrialSubscriber subscriber) {
        WireProvider provider = provider(trial.api(), trial.target());
        LlmRequest request = watched(trial.request());
        try {
            if (trial.isWhole()) {
                provider.complete(request).subscribe().with(subscriber::whole, subscriber::onError);
            } else {
                provider.stream(request).subscribe(subscriber);
            }
        } catch (IllegalStateException e) {
            if (!TrialSubscriber.THROWN.equals(e.getMessage())) {
                subscriber.onError(e);
            }
        }
    }

    /** Fails when it does not end, or not as it may. */
    static void awaitAndCheck(Trial trial, TrialSubscriber subscriber) {
        try {
            subscriber.over().get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("It hangs: " + trial, e);
        } catch (Exception e) {
            throw new AssertionError(trial.toString(), e);
        }
        trial.check(subscriber);
    }

    void closeProviders() {
        transports.forEach(transport -> transport.close().toCompletionStage().toCompletableFuture().join());
    }

    /** A connection that the pool takes for busy would not be closed when its keep-alive time is over. */
    void assertConnectionsGo() {
        await("the connections are idle and close").atMost(AT_MOST)
                .untilAsserted(() -> assertThat(server.connections().open()).isZero());
    }

    @Override
    public void close() {
        elsewhere.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
        Infrastructure.resetDroppedExceptionHandler();
    }
}
