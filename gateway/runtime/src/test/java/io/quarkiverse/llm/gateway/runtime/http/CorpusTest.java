package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.gateway.runtime.http.GatewayClient.Answered;
import io.quarkiverse.llm.gateway.runtime.http.Recordings.Recording;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.json.JsonObject;

/** Whatever servers have been seen to answer, a client of the gateway gets what it says, in either wire API and legal form. */
class CorpusTest {

    private static ScriptedServer llm;
    private static GatewayServer server;
    private static GatewayClient gateway;
    private static Map<Api, DirectProvider> direct;

    @BeforeAll
    static void start() {
        llm = ScriptedServer.start();
        server = GatewayServer.start(llm, Map.of());
        gateway = server.client();
        direct = Map.of(Api.RESPONSES, new DirectProvider(llm, Api.RESPONSES),
                Api.CHAT_COMPLETIONS, new DirectProvider(llm, Api.CHAT_COMPLETIONS));
    }

    @AfterAll
    static void stop() {
        server.close();
        direct.values().forEach(DirectProvider::close);
        llm.close();
    }

    static Stream<Recording> recordings() {
        return Recordings.all();
    }

    @Test
    void thereAreRecordings() {
        assertThat(Recordings.ofLlamaCpp()).hasSizeGreaterThan(60);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aStreamOfTheResponsesApiSaysWhatWasRecorded(Recording recording) {
        play(recording);
        Optional<Turn> recorded = recorded(() -> direct.get(recording.api()).stream());

        Answered answered = gateway.responses(asking(Requests.response("Hi"), recording));

        if (recorded.isEmpty()) {
            assertFailed(answered);
            return;
        }
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        assertSame(Turn.ofResponse(answered.stream().response()), recorded.get(), recording);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aStreamOfChatCompletionsSaysWhatWasRecorded(Recording recording) {
        play(recording);
        Optional<Turn> recorded = recorded(() -> direct.get(recording.api()).stream()).map(Turn::inChat);

        Answered answered = gateway.chat(asking(Requests.chat("Hi"), recording)
                .put("stream_options", new JsonObject().put("include_usage", true)));

        if (recorded.isEmpty()) {
            assertFailed(answered);
            return;
        }
        assertThat(answered.status()).as(answered.text()).isEqualTo(200);
        assertSame(Turn.ofChunks(answered.stream().events()), recorded.get(), recording);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aWholeResponseSaysWhatWasRecorded(Recording recording) {
        play(recording);
        Optional<Turn> recorded = recorded(() -> direct.get(recording.api()).whole());

        Answered answered = gateway.responses(asking(Requests.response("Hi"), recording).put("stream", false));

        if (recorded.isEmpty()) {
            assertRefused(answered);
        } else {
            assertThat(answered.status()).as(answered.text()).isEqualTo(200);
            assertSame(Turn.ofResponse(answered.json()), recorded.get(), recording);
            assertThat(answered.json().getValue("completed_at") != null)
                    .isEqualTo(answered.json().getString("status").equals("completed"));
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aWholeChatCompletionSaysWhatWasRecorded(Recording recording) {
        play(recording);
        Optional<Turn> recorded = recorded(() -> direct.get(recording.api()).whole()).map(Turn::inChat);

        Answered answered = gateway.chat(asking(Requests.chat("Hi"), recording).put("stream", false));

        if (recorded.isEmpty()) {
            assertRefused(answered);
        } else {
            assertThat(answered.status()).as(answered.text()).isEqualTo(200);
            assertSame(Turn.ofCompletion(answered.json()), recorded.get(), recording);
        }
    }

    private static void play(Recording recording) {
        llm.respond(request -> recording.answer());
    }

    private static JsonObject asking(JsonObject request, Recording recording) {
        return request.put("model", recording.api() == Api.RESPONSES ? "native/scripted" : "scripted");
    }

    /** Empty where the answer is none. */
    private static Optional<Turn> recorded(Supplier<LlmResponse> response) {
        try {
            return Optional.of(Turn.of(response.get()));
        } catch (LlmException e) {
            return Optional.empty();
        }
    }

    private static void assertSame(Turn served, Turn recorded, Recording recording) {
        assertThat(served.withoutCallIds()).isEqualTo(recorded.withoutCallIds());
        List<String> ids = served.callIds();
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
        for (int i = 0; i < ids.size(); i++) {
            String id = recorded.callIds().get(i);
            if (recording.body().contains("\"" + id + "\"")) {
                assertThat(ids.get(i)).isEqualTo(id);
            }
        }
    }

    private static void assertFailed(Answered answered) {
        if (answered.status() != 200) {
            assertRefused(answered);
            return;
        }
        JsonObject last = answered.stream().last();
        assertThat("response.failed".equals(last.getString("type")) || last.containsKey("error")).as(last.encode()).isTrue();
    }

    private static void assertRefused(Answered answered) {
        assertThat(answered.status()).as(answered.text()).isGreaterThanOrEqualTo(400);
        assertThat(answered.error().getString("message")).isNotBlank();
    }
}
