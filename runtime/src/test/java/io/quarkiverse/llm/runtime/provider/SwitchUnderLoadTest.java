package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** A provider is switched from one server to another and back while many requests are under way. */
@Timeout(60)
class SwitchUnderLoadTest {

    private static final int CALLERS = 8;
    private static final int SWITCHES = 200;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final ScriptedServer one = ScriptedServer.start(request -> Answer.text("one one one"));
    private final ScriptedServer two = ScriptedServer.start(request -> Answer.text("two two two"));
    private StreamTransport transport;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void close() {
        callers.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        one.close();
        two.close();
    }

    @ParameterizedTest
    @EnumSource(names = { "SSE", "WEBSOCKET" })
    void noRequestFailsAndEachAnswerComesFromOneServer(StreamTransport used) throws Exception {
        transport = used;
        LlmRegistry registry = LlmRegistry.create(at(one), this::provider, Set.of(), name -> null, Optional.empty());
        LlmProvider local = registry.find("local").orElseThrow();
        // outside of Quarkus, Mutiny's context propagation does not stand several first users at a time
        local.completeAndAwait(LlmRequest.of("hello"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Callable<Set<String>> caller = () -> {
            Set<String> texts = new HashSet<>();
            while (!over.get()) {
                texts.add(local.completeAndAwait(LlmRequest.of("hello")).text());
                answered.incrementAndGet();
            }
            return texts;
        };
        List<Future<Set<String>>> running = IntStream.range(0, CALLERS).mapToObj(any -> callers.submit(caller)).toList();

        for (int i = 0; i < SWITCHES; i++) {
            int before = answered.get();
            registry.replace(at(i % 2 == 0 ? two : one), Optional.empty());
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> answered.get() > before || running.stream().anyMatch(Future::isDone));
        }
        over.set(true);

        for (Future<Set<String>> texts : running) {
            assertThat(texts.get()).isSubsetOf("one one one", "two two two");
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> two.connections().open() == 0 && one.connections().open() <= CALLERS);
    }

    private List<ProviderSettings> at(ScriptedServer server) {
        return List.of(TestSettings.of(server.baseUrl()).name("local")
                .api(transport == StreamTransport.SSE ? WireApi.CHAT_COMPLETIONS : WireApi.RESPONSES).transport(transport)
                .build());
    }

    private ProviderSnapshot provider(ProviderSettings settings) {
        Transports transports = OverWebSocket.transports(settings, vertx);
        WireCodec codec = transport == StreamTransport.SSE ? new ChatCodec(settings) : new ResponsesCodec(settings);
        return new ProviderSnapshot(new WireProvider(settings, codec, transports, vertx), transports);
    }
}
