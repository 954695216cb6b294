package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** What a chain of 30 tool turns sends, with 4 KiB of new items in each. */
@Timeout(60)
class ToolChainBytesTest {

    private static final int TURNS = 30;
    private static final int NEW_ITEMS = 4096;
    /** Names, ids and settings around what is new. */
    private static final int AROUND = 1024;
    private static final String OUTPUT = "x".repeat(NEW_ITEMS);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final ScriptedServer server = ScriptedServer.start()
            .respond(request -> Answer.toolCall("call_" + request.effectiveInput().size(), "read_file", "{\"path\":\"a\"}"));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void overAWebSocketTheBytesOfATurnStayTheSame() {
        List<RecordedRequest> requests = chain(StreamTransport.WEBSOCKET);

        assertThat(requests.subList(1, TURNS)).allSatisfy(turn -> {
            assertThat(turn.bodyBytes()).isBetween((long) NEW_ITEMS, (long) NEW_ITEMS + AROUND);
            assertThat(turn.previousResponseId()).isPresent();
        });
        assertThat(sum(requests)).isLessThan((long) TURNS * (NEW_ITEMS + AROUND));
        assertThat(requests.get(TURNS - 1).effectiveInput()).hasSize(2 * TURNS - 1);
        assertThat(server.webSockets()).hasSize(1);
    }

    @Test
    void overServerSentEventsTheyGrowWithEachTurn() {
        List<RecordedRequest> requests = chain(StreamTransport.SSE);

        for (int turn = 1; turn < TURNS; turn++) {
            assertThat(requests.get(turn).bodyBytes() - requests.get(turn - 1).bodyBytes())
                    .isBetween((long) NEW_ITEMS, (long) NEW_ITEMS + AROUND);
        }
        assertThat(sum(requests)).isGreaterThan((long) NEW_ITEMS * TURNS * (TURNS - 1) / 2);
        assertThat(requests.get(TURNS - 1).inputItems()).hasSize(2 * TURNS - 1);
    }

    private static long sum(List<RecordedRequest> requests) {
        return requests.stream().mapToLong(RecordedRequest::bodyBytes).sum();
    }

    private List<RecordedRequest> chain(StreamTransport transport) {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).transport(transport).api(WireApi.RESPONSES).build();
        Transports transports = OverWebSocket.transports(settings, vertx);
        WireProvider provider = new WireProvider(settings, List.of(new ResponsesCodec(settings)), transports, vertx, List::of);
        LlmRequest request = LlmRequest.builder().instructions("Use the tools").tool(Tool.function("read_file", "Reads a file"))
                .store(false).user("What do these files say?").build();
        List<RecordedRequest> requests = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            LlmEvent.ResponseCompleted last = (LlmEvent.ResponseCompleted) provider.stream(request).collect().last()
                    .await().atMost(Duration.ofSeconds(20));
            LlmResponse response = last.response();
            requests.add(server.takeRequest());
            request = request.toBuilder().append(response).toolOutput(response.toolCalls().get(0).callId(), OUTPUT).build();
        }
        return requests;
    }
}
