package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Turns;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** What was recorded of turns over a WebSocket can be read and replayed as what was recorded of event streams can. */
@Timeout(60)
class RecordedTurnsTest {

    private static final LlmRequest FIRST = LlmRequest.builder().user("one").store(false).build();
    private static final Answer CALL = Answer.reasoning("Hm").thenText("Let me ", "look").thenToolCall("call_1", "weather",
            "{\"city\":", "\"Oslo\"}");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final ScriptedServer server = ScriptedServer.start();
    private WireProvider recorded;

    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        recorded = provider(settings(StreamTransport.WEBSOCKET).record(directory));
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private TestSettings settings(StreamTransport transport) {
        return TestSettings.of(server.baseUrl()).api(WireApi.RESPONSES).transport(transport);
    }

    private WireProvider provider(TestSettings testSettings) {
        ProviderSettings settings = testSettings.build();
        return new WireProvider(settings, new ResponsesCodec(settings), OverWebSocket.transports(settings, vertx), vertx);
    }

    private static LlmResponse ask(WireProvider provider, LlmRequest request) {
        return provider.complete(request).await().atMost(AT_MOST);
    }

    private static LlmRequest next(LlmResponse first) {
        return FIRST.toBuilder().append(first).toolOutput("call_1", "cloudy").build();
    }

    /** The recorded exchanges in their order, once all have their ends. */
    private List<Path> folders(int count) {
        return await().atMost(AT_MOST).ignoreExceptions().until(() -> {
            try (Stream<Path> folders = Files.list(directory)) {
                return folders.sorted().filter(RecordedTurnsTest::hasEnd).toList();
            }
        }, folders -> folders.size() == count);
    }

    private static boolean hasEnd(Path folder) {
        try {
            return Files.readString(folder.resolve("timing.txt")).stripTrailing()
                    .matches("(?s).*\\n\\S+ (end|released|failed [^\\n]*)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachTurnIsAnExchangeWhoseRequestSaysWhatWasSent() {
        server.enqueue(CALL, Answer.text("Cloudy"));
        LlmResponse first = ask(recorded, FIRST);
        ask(recorded, next(first));

        List<RecordedRequest> requests = folders(2).stream().map(RecordedRequest::recording).toList();

        assertThat(requests).allSatisfy(request -> assertThat(request.api()).contains(Api.RESPONSES));
        assertThat(requests).extracting(RecordedRequest::json)
                .containsExactlyElementsOf(server.requests().stream().map(RecordedRequest::json).toList());
        assertThat(requests.get(1).previousResponseId()).contains(first.id());
        assertThat(requests.get(1).inputItems()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = { "SSE", "WEBSOCKET" })
    void turnsAreReplayedOverEitherTransport(StreamTransport transport) {
        server.enqueue(CALL, Answer.text("Cloudy"));
        LlmResponse first = ask(recorded, FIRST);
        LlmResponse second = ask(recorded, next(first));
        folders(2);

        server.enqueue(Answer.recordings(directory));
        WireProvider replay = provider(settings(transport));
        LlmResponse again = ask(replay, FIRST);

        assertThat(Turns.Outcome.of(again)).isEqualTo(Turns.Outcome.of(first));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(Turns.Outcome.of(ask(replay, next(again)))).isEqualTo(Turns.Outcome.of(second));
    }

    @ParameterizedTest
    @EnumSource(names = { "SSE", "WEBSOCKET" })
    void aCutIsReplayedOverEitherTransport(StreamTransport transport) {
        server.enqueue(CALL.with(Fault.closeAfterEvents(8, 1011)));
        assertThatExceptionOfType(LlmTruncatedStreamException.class).isThrownBy(() -> ask(recorded, FIRST));

        server.enqueue(Answer.recording(folders(1).get(0)));

        assertThatExceptionOfType(LlmTruncatedStreamException.class)
                .isThrownBy(() -> ask(provider(settings(transport)), FIRST));
    }

    @Test
    void aTurnThatWasSentTwiceIsTwoExchanges() {
        server.enqueue(CALL.with(WebSocketFault.STATE_FORGOTTEN), Answer.text("Cloudy"));
        LlmResponse first = ask(recorded, FIRST);
        ask(recorded, next(first));

        List<Path> folders = folders(3);

        assertThat(folders).extracting(folder -> RecordedRequest.recording(folder).inputItems().size())
                .satisfies(sizes -> assertThat(sizes.get(1)).isEqualTo(1))
                .satisfies(sizes -> assertThat(sizes.get(2)).isGreaterThan(2));
        assertThat(folders.get(1).resolve("response.sse")).content().contains("previous_response_not_found");
        assertThat(folders.get(2).resolve("response.sse")).content().contains("Cloudy");
    }
}
