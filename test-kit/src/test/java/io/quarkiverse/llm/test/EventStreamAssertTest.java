package io.quarkiverse.llm.test;

import static io.quarkiverse.llm.test.LlmAssertions.assertThatChatStream;
import static io.quarkiverse.llm.test.LlmAssertions.assertThatChatStreamWithUsage;
import static io.quarkiverse.llm.test.LlmAssertions.assertThatResponsesStream;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.ResponsesDeviation;

class EventStreamAssertTest {

    private static final Answer ANSWER = Answer.reasoning("Hm.").thenText("It ", "rains.").thenToolCall("call_1", "weather",
            "{}");

    @RegisterExtension
    final ScriptedLlm server = new ScriptedLlm();

    private String stream(String path, String options, Answer answer) throws IOException, InterruptedException {
        server.enqueue(answer);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\": \"m\", \"stream\": true" + options + "}")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void aLegalStreamOfTheResponsesApi() throws Exception {
        assertThatResponsesStream(stream("/responses", "", ANSWER.with(Framing.DONE))).isLegal();
    }

    @Test
    void legalStreamsOfChatCompletions() throws Exception {
        assertThatChatStream(stream("/chat/completions", "", ANSWER)).isLegal();
        assertThatChatStreamWithUsage(
                stream("/chat/completions", ", \"stream_options\": {\"include_usage\": true}", ANSWER)).isLegal();
    }

    @Test
    void anIllegalStreamNamesEachEventAndRule() throws Exception {
        String sse = stream("/responses", "", ANSWER.with(Framing.DONE).with(ResponsesDeviation.SEQUENCE_NUMBER_MISSING));

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatResponsesStream(sse).isLegal())
                .withMessageStartingWith("Expected a legal event stream, but")
                .withMessageContaining("Event 0 (response.created): the number is null instead of 0. SEQUENCE_NUMBERS: ")
                .withMessageEndingWith("in\n" + sse);
    }

    @Test
    void usageThatNobodyAskedForIsIllegal() throws Exception {
        String sse = stream("/chat/completions", "", ANSWER);

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThatChatStreamWithUsage(sse).isLegal())
                .withMessageContaining("USAGE_LAST");
    }
}
