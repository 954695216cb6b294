package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A scripted server and providers for it. */
final class WireFixture implements AutoCloseable {

    static final Duration AT_MOST = Duration.ofSeconds(10);
    static final LlmRequest REQUEST = LlmRequest.of("hi");

    final ScriptedServer server = ScriptedServer.start();
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    TestSettings settings() {
        return TestSettings.of(server.baseUrl());
    }

    WireProvider provider() {
        return provider(settings());
    }

    WireProvider provider(TestSettings testSettings) {
        return provider(testSettings, settings -> new TestCodec());
    }

    /** One that speaks the Responses API. */
    WireProvider responsesProvider(TestSettings testSettings) {
        return provider(testSettings.api(WireApi.RESPONSES), ResponsesCodec::new);
    }

    WireProvider responsesProvider(TestSettings testSettings, LlmListener listener) {
        ProviderSettings settings = testSettings.api(WireApi.RESPONSES).build();
        return new WireProvider(settings, List.of(new ResponsesCodec(settings)), new HttpTransport(settings, vertx, options -> {
        }), vertx, () -> List.of(listener));
    }

    private WireProvider provider(TestSettings testSettings, Function<ProviderSettings, WireCodec> codec) {
        ProviderSettings settings = testSettings.build();
        return new WireProvider(settings, codec.apply(settings), new HttpTransport(settings, vertx, options -> {
        }), vertx);
    }

    /** With both wire APIs, and nothing configured of them. */
    WireProvider automatic(TestSettings testSettings, LlmListener... listeners) {
        ProviderSettings settings = testSettings.build();
        return new WireProvider(settings, TestCodec.both(), new HttpTransport(settings, vertx, options -> {
        }), vertx, () -> List.of(listeners));
    }

    /** Subscribes with all demand. */
    AssertSubscriber<LlmEvent> subscribe(WireProvider provider) {
        return subscribe(provider, Long.MAX_VALUE);
    }

    AssertSubscriber<LlmEvent> subscribe(WireProvider provider, long demand) {
        return provider.stream(REQUEST).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    static List<String> texts(List<LlmEvent> events) {
        return events.stream().filter(LlmEvent.TextDelta.class::isInstance).map(event -> ((LlmEvent.TextDelta) event).delta())
                .toList();
    }

    Outcome outcome() {
        return server.takeRequest(AT_MOST).awaitOutcome(AT_MOST);
    }

    void assertClosedByUs() {
        assertThat(outcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }
}
