package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.impl.VertxInternal;

/** Which wire API a server has is found out while a request is under way. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AutomaticWireApiTest {

    private static final String RESPONSES = "/v1/responses";
    private static final String CHAT = "/v1/chat/completions";
    private static final Answer MISSING = Answer.error(404, "Not Found");
    private static final Answer OF_RESPONSES = Answer.sse(
            "data: {\"choices\":[{\"delta\":{\"content\":\"r\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");

    private final WireFixture fixture = new WireFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Of a server that is usually asked over the Responses API. */
    private TestSettings settings() {
        return fixture.settings().preset(Preset.OPENAI).api(WireApi.AUTO);
    }

    private void answer(Answer toResponses, Answer toChat) {
        fixture.server.respond(request -> request.path().equals(RESPONSES) ? toResponses : toChat);
    }

    private List<String> paths() {
        return fixture.server.requests().stream().map(RecordedRequest::path).toList();
    }

    private static AssertSubscriber<LlmEvent> stream(WireProvider provider, LlmRequest request) {
        return provider.stream(request).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static List<LlmEvent> events(WireProvider provider) {
        return stream(provider, REQUEST).awaitCompletion(AT_MOST).getItems();
    }

    @ParameterizedTest
    @ValueSource(ints = { 404, 405, 501 })
    void aServerWithoutTheUsualWireApiIsAskedOverTheOther(int status) {
        answer(Answer.error(status, "no"), Answer.text("a", "b"));
        List<LlmEvent> events = events(fixture.automatic(settings()));
        assertThat(texts(events)).containsExactly("a", "b");
        assertThat(events).hasSize(4);
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void aWholeAnswerIsAskedForLikewise() {
        answer(MISSING, Answer.text("a", "b"));
        WireProvider provider = fixture.automatic(settings());
        assertThat(provider.complete(REQUEST).await().atMost(AT_MOST).text()).isEqualTo("ab");
        assertThat(provider.complete(REQUEST).await().atMost(AT_MOST).text()).isEqualTo("ab");
        assertThat(paths()).containsExactly(RESPONSES, CHAT, CHAT);
    }

    @Test
    void whatWasFoundIsRememberedForTheModel() {
        answer(MISSING, Answer.text("a"));
        WireProvider provider = fixture.automatic(settings());
        events(provider);
        events(provider);
        assertThat(paths()).containsExactly(RESPONSES, CHAT, CHAT);
        stream(provider, REQUEST.toBuilder().model("another").build()).awaitCompletion(AT_MOST);
        assertThat(paths()).containsExactly(RESPONSES, CHAT, CHAT, RESPONSES, CHAT);
    }

    @Test
    void whatWasFoundShowsInTheCapabilities() {
        answer(MISSING, Answer.text("a"));
        WireProvider provider = fixture.automatic(settings());
        assertThat(provider.capabilities().of(Capability.RESPONSES_API).source()).isEqualTo(Source.PRESET);
        events(provider);
        assertThat(provider.capabilities().of(Capability.RESPONSES_API))
                .isEqualTo(new LlmCapabilities.Finding(Support.NO, Source.FOUND));
        assertThat(provider.capabilities().of(Capability.CHAT_COMPLETIONS_API))
                .isEqualTo(new LlmCapabilities.Finding(Support.YES, Source.FOUND));
    }

    @Test
    void whatWasFoundIsLoggedOnceWithTheSettingThatSaysItFromTheStart() {
        answer(MISSING, Answer.text("a"));
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                lines.add(logged.getLevel() + " " + logged.getMessage().formatted(logged.getParameters()));
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        Logger logger = Logger.getLogger(WireProvider.class.getPackageName());
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
        try {
            WireProvider provider = fixture.automatic(settings().name("local"));
            events(provider);
            events(provider);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(lines).containsExactly("INFO Provider 'local' does not have the Responses API for the model "
                + "'configured-model': the server answered 404. It has Chat Completions, which is used from now on; "
                + "quarkus.llm.local.wire-api=chat-completions says so from the start");
    }

    @Test
    void aMissingModelIsNoFinding() {
        answer(Answer.error(404, "The model `m` does not exist"), Answer.text("a"));
        stream(fixture.automatic(settings()), REQUEST).awaitFailure(AT_MOST).assertFailedWith(LlmNotFoundException.class);
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @ParameterizedTest
    @ValueSource(strings = { "<html><body>Welcome</body></html>", "{\"object\":\"something.else\"}", "" })
    void aPageInPlaceOfAnAnswerIsAFinding(String page) {
        answer(Answer.raw("text/html", page.getBytes(UTF_8)), Answer.text("a"));
        assertThat(texts(events(fixture.automatic(settings())))).containsExactly("a");
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void aStreamOfSomethingElseIsAFinding() {
        answer(Answer.sse("data: {not json\n\n").with(Fault.stallAfterEvents(1)), Answer.text("a"));
        assertThat(texts(events(fixture.automatic(settings())))).containsExactly("a");
    }

    @Test
    void nothingIsTriedAgainAfterSomethingWasHandedOn() {
        answer(Answer.sse("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {not json\n\n"), Answer.text("b"));
        AssertSubscriber<LlmEvent> subscriber = stream(fixture.automatic(settings()), REQUEST).awaitFailure(AT_MOST);
        assertThat(texts(subscriber.getItems())).containsExactly("a");
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @Test
    void nothingIsTriedAgainWhileWhatCameWaitsForDemand() {
        answer(Answer.sse("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {not json\n\n"), Answer.text("b"));
        AssertSubscriber<LlmEvent> subscriber = fixture.subscribe(fixture.automatic(settings()), 0);
        fixture.outcome();
        subscriber.request(10).awaitFailure(AT_MOST);
        assertThat(texts(subscriber.getItems())).containsExactly("a");
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @Test
    void aPinnedWireApiIsNotLeft() {
        answer(MISSING, Answer.text("a"));
        stream(fixture.automatic(settings().api(WireApi.RESPONSES)), REQUEST).awaitFailure(AT_MOST)
                .assertFailedWith(LlmNotFoundException.class);
        assertThat(paths()).containsExactly(RESPONSES);
    }

    @Test
    void aRequestThatAPinnedWireApiCannotCarryFailsUnsent() {
        WireProvider provider = fixture.automatic(settings().api(WireApi.CHAT_COMPLETIONS));
        LlmRequest request = REQUEST.toBuilder().previousResponseId("resp_1").build();
        stream(provider, request).awaitFailure(AT_MOST).assertFailedWith(LlmUnsupportedException.class,
                "quarkus.llm.test.wire-api=chat-completions");
        assertThatThrownBy(() -> provider.complete(request).await().atMost(AT_MOST))
                .isInstanceOf(LlmUnsupportedException.class).hasMessageContaining("previous_response_id");
        assertThat(paths()).isEmpty();
    }

    @Test
    void aRequestThatOnlyOneWireApiCarriesIsNotTriedOverTheOther() {
        answer(MISSING, Answer.text("a"));
        WireProvider provider = fixture.automatic(settings());
        LlmRequest request = REQUEST.toBuilder().previousResponseId("resp_1").build();
        stream(provider, request).awaitFailure(AT_MOST).assertFailedWith(LlmNotFoundException.class);
        assertThat(paths()).containsExactly(RESPONSES);
        events(provider);
        stream(provider, request).awaitFailure(AT_MOST).assertFailedWith(LlmUnsupportedException.class,
                "only the Responses API supports previous_response_id, and the server does not have it: it answered 404");
    }

    @Test
    void whenBothFailInTheSameWayTheFirstFailureCountsAndNothingIsRemembered() {
        answer(Answer.error(404, "no Responses here"), Answer.error(405, "no Chat here"));
        WireProvider provider = fixture.automatic(settings());
        Throwable failure = stream(provider, REQUEST).awaitFailure(AT_MOST).getFailure();
        assertThat(failure).isInstanceOf(LlmNotFoundException.class).hasMessageContaining("no Responses here");
        assertThat(failure.getSuppressed()).singleElement().asString().contains("no Chat here");
        assertThat(provider.capabilities().of(Capability.RESPONSES_API).source()).isEqualTo(Source.PRESET);
        answer(OF_RESPONSES, MISSING);
        assertThat(texts(events(provider))).containsExactly("r");
        assertThat(paths()).containsExactly(RESPONSES, CHAT, RESPONSES);
    }

    @Test
    void whenTheOtherFailsInAnotherWayThatFailureCounts() {
        answer(MISSING, Answer.error(429, "slow down"));
        WireProvider provider = fixture.automatic(settings());
        Throwable failure = stream(provider, REQUEST).awaitFailure(AT_MOST).getFailure();
        assertThat(failure).isInstanceOf(LlmRateLimitException.class);
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(LlmNotFoundException.class);
        assertThat(provider.capabilities().of(Capability.RESPONSES_API).source()).isEqualTo(Source.PRESET);
    }

    @Test
    void theOtherAttemptFailsAsAnyStreamWithWhatHadArrived() {
        answer(MISSING, Answer.text("a", "b").with(Fault.endAfterEvents(2)));
        Throwable failure = stream(fixture.automatic(settings()), REQUEST).awaitFailure(AT_MOST).getFailure();
        assertThat(failure).isInstanceOf(LlmTruncatedStreamException.class);
        assertThat(((LlmTruncatedStreamException) failure).partial().orElseThrow().text()).isEqualTo("a");
    }

    @Test
    void cancellingDuringTheOtherAttemptClosesIt() {
        answer(MISSING, Answer.text("a").with(Fault.stallBeforeHead()));
        AssertSubscriber<LlmEvent> subscriber = stream(fixture.automatic(settings()), REQUEST);
        fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST);
        RecordedRequest other = fixture.server.takeRequest(AT_MOST);
        subscriber.cancel();
        assertThat(other.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        subscriber.assertHasNotReceivedAnyItem().assertNotTerminated();
    }

    @Test
    void cancellingAWholeAnswerDuringTheOtherAttemptClosesIt() {
        answer(MISSING, Answer.text("a").with(Fault.stallBeforeHead()));
        var cancellable = fixture.automatic(settings()).complete(REQUEST).subscribe().with(response -> {
        });
        fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST);
        RecordedRequest other = fixture.server.takeRequest(AT_MOST);
        cancellable.cancel();
        assertThat(other.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void theTotalLimitIsOneForBothAttempts() {
        answer(MISSING, Answer.text("a").with(Fault.stallBeforeHead()));
        Throwable failure = stream(fixture.automatic(settings().total(Duration.ofSeconds(3))), REQUEST).awaitFailure(AT_MOST)
                .getFailure();
        assertThat(failure).isInstanceOf(LlmTimeoutException.class).hasMessageContaining("within 3 s");
        assertThat(((LlmTimeoutException) failure).limit()).isEqualTo(LlmTimeoutException.Limit.TOTAL);
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void theOtherAttemptHasTheRoomOfTheFirst() {
        answer(MISSING, Answer.text("a"));
        WireProvider provider = fixture.automatic(settings().concurrency(1, 1));
        CompletableFuture<AssertSubscriber<LlmEvent>> first = new CompletableFuture<>();
        CompletableFuture<AssertSubscriber<LlmEvent>> queued = new CompletableFuture<>();
        ((VertxInternal) fixture.vertx).createEventLoopContext().runOnContext(there -> {
            first.complete(stream(provider, REQUEST));
            queued.complete(stream(provider, REQUEST.toBuilder().model("another").build()));
        });
        first.join().awaitCompletion(AT_MOST);
        queued.join().awaitCompletion(AT_MOST);
        assertThat(paths()).containsExactly(RESPONSES, CHAT, RESPONSES, CHAT);
    }

    @Test
    void aProviderThatIsReplacedMeanwhileFinishesBothAttempts() {
        WireProvider provider = fixture.automatic(settings());
        fixture.server.respond(request -> {
            if (request.path().equals(RESPONSES)) {
                provider.http().close();
                return MISSING;
            }
            return Answer.text("a");
        });
        assertThat(texts(events(provider))).containsExactly("a");
        assertThat(paths()).containsExactly(RESPONSES, CHAT);
    }

    @Test
    void theRecordingHasBothExchanges(@TempDir Path directory) throws Exception {
        answer(MISSING, Answer.text("a"));
        events(fixture.automatic(settings().record(directory)));
        await().atMost(AT_MOST).untilAsserted(() -> {
            try (Stream<Path> folders = Files.list(directory)) {
                assertThat(folders.sorted().map(AutomaticWireApiTest::requestLine).toList()).satisfiesExactly(
                        first -> assertThat(first).contains(RESPONSES), second -> assertThat(second).contains(CHAT));
            }
        });
    }

    private static String requestLine(Path folder) {
        try {
            return Files.readAllLines(folder.resolve("request.http")).get(0);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aServerThatGainsAWireApiAndLosesTheOtherIsFoundOutAnew() {
        answer(MISSING, Answer.text("a"));
        WireProvider provider = fixture.automatic(settings());
        events(provider);
        answer(OF_RESPONSES, MISSING);
        assertThat(texts(events(provider))).containsExactly("r");
        assertThat(provider.capabilities().supports(Capability.RESPONSES_API)).isTrue();
    }

    @Test
    void anotherProviderForTheSameServerTakesOverWhatWasFound() {
        answer(MISSING, Answer.text("a"));
        WireProvider before = fixture.automatic(settings());
        events(before);
        WireProvider same = fixture.automatic(settings().concurrency(7, 7));
        same.learnFrom(before);
        events(same);
        assertThat(paths()).containsExactly(RESPONSES, CHAT, CHAT);
    }

    @Test
    void anotherKeyUrlPathOrPresetForgetsWhatWasFound() {
        answer(MISSING, Answer.text("a"));
        WireProvider before = fixture.automatic(settings());
        events(before);
        for (TestSettings changed : List.of(settings().apiKey("k"), settings().preset(Preset.AZURE),
                settings().header("x-team", "blue"), TestSettings.of(fixture.server.origin() + "/other")
                        .preset(Preset.OPENAI).api(WireApi.AUTO))) {
            WireProvider after = fixture.automatic(changed);
            after.learnFrom(before);
            assertThat(after.capabilities().of(Capability.CHAT_COMPLETIONS_API).source()).isEqualTo(Source.PRESET);
        }
    }
}
