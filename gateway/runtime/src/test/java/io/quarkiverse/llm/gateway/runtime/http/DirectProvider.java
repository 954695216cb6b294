package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.LlmRuntimeConfig;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingsResolver;
import io.quarkiverse.llm.runtime.config.Withheld;
import io.quarkiverse.llm.runtime.provider.ResponsesBounds;
import io.quarkiverse.llm.runtime.provider.Transports;
import io.quarkiverse.llm.runtime.provider.WireProvider;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

/** What an application gets from a scripted server without a gateway between. */
final class DirectProvider implements AutoCloseable {

    private static final LlmRequest REQUEST = LlmRequest.of("Hi");

    private final Vertx vertx = Vertx.vertx();
    private final Transports transports;
    private final WireProvider provider;

    DirectProvider(ScriptedServer llm, Api api) {
        this(llm.baseUrl(), api, "sse");
    }

    DirectProvider(String baseUrl, Api api) {
        this(baseUrl, api, "sse");
    }

    private DirectProvider(String baseUrl, Api api, String transport) {
        boolean responses = api == Api.RESPONSES;
        ProviderSettings settings = settings(Map.of("quarkus.llm.base-url", baseUrl, "quarkus.llm.model", "scripted",
                "quarkus.llm.wire-api", responses ? "responses" : "chat-completions", "quarkus.llm.transport", transport));
        WireCodec codec = responses ? new ResponsesCodec(settings) : new ChatCodec(settings);
        transports = new Transports(new HttpTransport(settings, vertx, options -> {
        }), Optional.of(new WebSocketTransport(settings, vertx, new ResponsesBounds(), options -> {
        })));
        provider = new WireProvider(settings, List.of(codec), transports, vertx, List::of);
    }

    /** Over WebSockets alone, to any server of the Responses API. */
    static DirectProvider overWebSocket(String baseUrl) {
        return new DirectProvider(baseUrl, Api.RESPONSES, "websocket");
    }

    private static ProviderSettings settings(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
                .withMapping(LlmRuntimeConfig.class).withMappingIgnore("quarkus.**").build();
        SettingsResolver resolver = SettingsResolver.of(config, LaunchMode.TEST, Withheld.NOTHING);
        return resolver.resolve(resolver.names()).values().iterator().next();
    }

    LlmProvider provider() {
        return provider;
    }

    /** @throws LlmException where the server does not answer well */
    LlmResponse stream() {
        return stream(REQUEST);
    }

    LlmResponse stream(LlmRequest request) {
        return ((ResponseCompleted) provider.stream(request).collect().last().await().atMost(Duration.ofSeconds(20)))
                .response();
    }

    /** @throws LlmException where the server does not answer well */
    LlmResponse whole() {
        return provider.complete(REQUEST).await().atMost(Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        transports.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
