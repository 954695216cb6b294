package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.Decoding;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;

/** The wire APIs as they are, with answers that servers have given. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FoundWireApiTest {

    private static final String RESPONSES = "/v1/responses";
    private static final String CHAT = "/v1/chat/completions";
    private static final Path RECORDED = Path.of("src/test/resources/corpus/llama-cpp/plain");
    private static final Answer RESPONSES_STREAM = Answer.sse(recorded("resp_stream.sse"));
    private static final Answer CHAT_STREAM = Answer.sse(recorded("chat_stream.sse"));

    private final WireFixture fixture = new WireFixture();
    private final List<Map<Repair, Integer>> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String recorded(String file) {
        try {
            return Files.readString(RECORDED.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private WireProvider provider(Preset preset) {
        return provider(fixture.settings().preset(preset).api(WireApi.AUTO));
    }

    private WireProvider provider(TestSettings testSettings) {
        return provider(testSettings, new WireFindings());
    }

    private WireProvider provider(TestSettings testSettings, WireFindings findings) {
        ProviderSettings settings = testSettings.build();
        LlmListener listener = new LlmListener() {
            @Override
            public void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
                heard.add(repairs);
            }
        };
        return new WireProvider(settings, List.of(new ChatCodec(settings), new ResponsesCodec(settings)),
                new HttpTransport(settings, fixture.vertx, options -> {
                }), fixture.vertx, () -> List.of(listener), findings);
    }

    private void answer(Answer toResponses, Answer toChat) {
        fixture.server.respond(request -> request.path().equals(RESPONSES) ? toResponses : toChat);
    }

    private String text(WireProvider provider) {
        return String.join("", WireFixture.texts(fixture.subscribe(provider).awaitCompletion(AT_MOST).getItems()));
    }

    private List<String> paths() {
        return fixture.server.requests().stream().map(RecordedRequest::path).toList();
    }

    @Test
    void aServerWithTheResponsesApiAloneIsUnderstood() {
        answer(RESPONSES_STREAM, Answer.raw("text/plain", "404 page not found".getBytes(UTF_8)).status(404));
        WireProvider provider = provider(Preset.GENERIC);
        String text = text(provider);
        assertThat(text).isNotBlank();
        assertThat(text(provider)).isEqualTo(text);
        assertThat(paths()).containsExactly(CHAT, RESPONSES, RESPONSES);
    }

    @Test
    void aServerWithChatCompletionsAloneIsUnderstood() {
        answer(Answer.error(404, "File Not Found"), CHAT_STREAM);
        assertThat(text(provider(Preset.OPENAI))).isNotBlank();
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void aWholeAnswerIsReadInWhatTheServerHas() {
        fixture.server.respond(request -> request.path().equals(CHAT) ? Answer.error(405, "Method Not Allowed")
                : Answer.raw("application/json", recorded("resp_plain.json").getBytes(UTF_8)));
        assertThat(provider(Preset.GENERIC).complete(REQUEST).await().atMost(AT_MOST).text()).isNotBlank();
        assertThat(paths()).containsExactly(CHAT, RESPONSES);
    }

    /** A proxy that leads every path to the same place. */
    @Test
    void anAnswerInTheOtherWireApiIsAskedForAtItsOwnPath() {
        answer(CHAT_STREAM, CHAT_STREAM);
        assertThat(text(provider(Preset.OPENAI))).isNotBlank();
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
        fixture.server.reset();
        answer(RESPONSES_STREAM, RESPONSES_STREAM);
        assertThat(text(provider(Preset.GENERIC))).isNotBlank();
        assertThat(paths()).containsExactly(CHAT, RESPONSES);
    }

    @Test
    void aWholeAnswerInTheOtherWireApiIsAskedForAtItsOwnPath() {
        fixture.server.respond(
                request -> Answer.raw("application/json", recorded("chat_plain.json").getBytes(UTF_8)));
        assertThat(provider(Preset.OPENAI).complete(REQUEST).await().atMost(AT_MOST).text()).isNotBlank();
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    /** LM Studio, before it had the Responses API. */
    @Test
    void anEndpointThatIsNotExpectedIsAFindingThoughItsStatusIs200() {
        answer(Answer.raw("application/json", "{\"error\":\"Unexpected endpoint or method. (POST /v1/responses)\"}"
                .getBytes(UTF_8)), CHAT_STREAM);
        assertThat(text(provider(Preset.OPENAI))).isNotBlank();
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void aResponseThatFailsAtItsBeginIsNoFinding() {
        answer(Answer.sse("""
                data: {"type":"response.created","response":{"id":"resp_1","object":"response","status":"in_progress"}}

                data: {"type":"error","error":{"type":"server_error","code":"404","message":"Not Found"}}

                """), CHAT_STREAM);
        fixture.subscribe(provider(Preset.OPENAI)).awaitFailure(AT_MOST);
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @Test
    void anErrorInPlaceOfAnAnswerIsNoFinding() {
        answer(Answer.sse("data: {\"error\":{\"type\":\"server_error\",\"message\":\"out of memory\"}}\n\n"), CHAT_STREAM);
        fixture.subscribe(provider(Preset.OPENAI)).awaitFailure(AT_MOST).assertFailedWith(LlmServerException.class);
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @Test
    void anAnswerThatIsTooSloppyForStrictDecodingIsNoFinding() {
        answer(RESPONSES_STREAM, CHAT_STREAM);
        fixture.subscribe(provider(fixture.settings().preset(Preset.OPENAI).api(WireApi.AUTO).decoding(Decoding.STRICT)))
                .awaitFailure(AT_MOST);
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @Test
    void listenersHearOfTheAnswerThatCountsAlone() {
        answer(CHAT_STREAM, RESPONSES_STREAM);
        fixture.server.respond(request -> request.path().equals(CHAT) ? Answer.error(404, "Not Found") : RESPONSES_STREAM);
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(provider(Preset.GENERIC)).awaitCompletion(AT_MOST);
        LlmEvent.ResponseCompleted last = (LlmEvent.ResponseCompleted) subscriber.getItems()
                .get(subscriber.getItems().size() - 1);
        assertThat(last.response().repairs()).isNotEmpty();
        assertThat(heard).containsExactly(last.response().repairs());
    }

    @Test
    void aRequestThatNeedsTheMissingOneIsToldWhatWasFound() {
        answer(Answer.error(404, "File Not Found"), CHAT_STREAM);
        WireProvider provider = provider(Preset.OPENAI);
        text(provider);
        LlmRequest request = REQUEST.toBuilder().previousResponseId("resp_1").build();
        provider.stream(request).subscribe().withSubscriber(AssertSubscriber.create(1)).awaitFailure(AT_MOST)
                .assertFailedWith(LlmUnsupportedException.class, "it answered 404");
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void aStrayAnswerOfAProxyIsForgottenWhenTheServerShowsTheOpposite() {
        AtomicLong now = new AtomicLong();
        WireProvider provider = provider(fixture.settings().preset(Preset.GENERIC).api(WireApi.AUTO),
                new WireFindings(now::get));
        answer(RESPONSES_STREAM, Answer.raw("text/plain", "404 page not found".getBytes(UTF_8)).status(404));
        text(provider);
        answer(RESPONSES_STREAM, CHAT_STREAM);
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        provider.stream(REQUEST.toBuilder().stop(List.of("END")).build()).collect().asList().await().atMost(AT_MOST);

        assertThat(provider.capabilities()).isEqualTo(provider(Preset.GENERIC).capabilities());
        text(provider);
        assertThat(paths()).containsExactly(CHAT, RESPONSES, CHAT, CHAT);
    }

    @Test
    void storedResponsesAreNotAskedForWhereTheResponsesApiWasFoundMissing() {
        answer(Answer.error(404, "File Not Found"), CHAT_STREAM);
        AtomicLong now = new AtomicLong();
        WireProvider provider = provider(fixture.settings().preset(Preset.OPENAI).api(WireApi.AUTO),
                new WireFindings(now::get));
        text(provider);

        assertThat(provider.capabilities().supports(Capability.STORED_RESPONSES)).isFalse();
        assertThatThrownBy(() -> provider.responses().get("resp_1").await().atMost(AT_MOST))
                .isInstanceOf(LlmUnsupportedException.class)
                .hasMessage(
                        "Provider 'test' does not support stored responses: they belong to the Responses API, and the server "
                                + "does not have it: it answered 404 less than a minute ago. If it has it by now, set "
                                + "quarkus.llm.test.capabilities.responses-api=true");
        assertThat(paths()).containsExactly(RESPONSES, CHAT);

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThatThrownBy(() -> provider.responses().get("resp_1").await().atMost(AT_MOST))
                .isNotInstanceOf(LlmUnsupportedException.class);
        assertThat(paths()).hasSize(3);
    }

    @Test
    void aWrongBaseUrlIsToldWithThePathThatWasAskedFor() {
        fixture.server.respond(request -> Answer.error(404, "Not Found")).models(Answer.error(404, "Not Found"));

        assertThatThrownBy(() -> provider(Preset.OPENAI).complete(REQUEST).await().atMost(AT_MOST)).hasMessage(
                "Provider 'test' answered 404: Not Found (POST /v1/responses): check that quarkus.llm.test.base-url is that of "
                        + "its API");
        assertThatThrownBy(() -> provider(Preset.OPENAI).models().await().atMost(AT_MOST)).hasMessage(
                "Provider 'test' answered 404: Not Found (GET /v1/models): check that quarkus.llm.test.base-url is that of its "
                        + "API");
    }

    @Test
    void anUnknownModelIsNotBlamedOnTheBaseUrl() {
        fixture.server.respond(request -> Answer.error(404, "The model `m` does not exist"));

        assertThatThrownBy(() -> provider(Preset.OPENAI).complete(REQUEST).await().atMost(AT_MOST))
                .hasMessage("Provider 'test' answered 404: The model `m` does not exist");
    }

    @Test
    void aPageInPlaceOfTheModelsIsShown() {
        fixture.server.models(Answer.raw("text/html", "<html>Welcome</html>".getBytes(UTF_8)));

        assertThatThrownBy(() -> provider(Preset.OPENAI).models().await().atMost(AT_MOST)).hasMessage(
                "Provider 'test' sent no list of models (<html>Welcome</html>): check that quarkus.llm.test.base-url is that of "
                        + "its API");
    }

    @Test
    void aRequestThatAsksNothingIsRefused() {
        fixture.server.respond(request -> RESPONSES_STREAM);

        for (LlmRequest nothing : List.of(LlmRequest.builder().build(), LlmRequest.builder().temperature(0.5).build())) {
            assertThatThrownBy(() -> provider(Preset.OPENAI).stream(nothing).collect().asList().await().atMost(AT_MOST))
                    .isInstanceOf(LlmBadRequestException.class)
                    .hasMessage("Provider 'test': the request has no input: give it a message, as with user(...), or say with "
                            + "previousResponseId what it continues");
        }
        assertThat(paths()).isEmpty();
    }

    @Test
    void whatContinuesOrStandsInTheExtraBodyNeedsNoInput() {
        answer(RESPONSES_STREAM, CHAT_STREAM);

        for (LlmRequest request : List.of(LlmRequest.builder().conversation("conv_1").build(),
                LlmRequest.builder().instructions("Greet").build(),
                LlmRequest.builder().extraBody("prompt", RawJson.of("{\"id\":\"pmpt_1\"}")).build())) {
            provider(Preset.OPENAI).stream(request).collect().asList().await().atMost(AT_MOST);
        }
        // the scripted server knows which responses it has given
        assertThatThrownBy(() -> provider(Preset.OPENAI).complete(LlmRequest.builder().previousResponseId("resp_1").build())
                .await().atMost(AT_MOST)).hasMessageContaining("Previous response with id 'resp_1' not found");
        assertThat(paths()).hasSize(4);
    }

    @Test
    void aBlankIdOfWhatIsContinuedIsRefused() {
        assertThatThrownBy(() -> provider(Preset.OPENAI).complete(REQUEST.toBuilder().previousResponseId("").build()).await()
                .atMost(AT_MOST)).isInstanceOf(LlmBadRequestException.class)
                .hasMessage("Provider 'test': the previousResponseId of the request is blank: give it an id, or null for none");
        assertThatThrownBy(() -> provider(Preset.OPENAI).complete(REQUEST.toBuilder().conversation(" ").build()).await()
                .atMost(AT_MOST)).isInstanceOf(LlmBadRequestException.class).hasMessageContaining("the conversation of");
        assertThat(paths()).isEmpty();
    }
}
