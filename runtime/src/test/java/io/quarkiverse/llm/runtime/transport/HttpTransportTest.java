package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.json.JsonObject;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpTransportTest {

    private static final Answer TWO_EVENTS = Answer.sse("event: a\ndata: 1\n\ndata: 2\n\n");

    private final TransportFixture fixture = new TransportFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aStreamArrivesInEvents() {
        fixture.server.enqueue(TWO_EVENTS);
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "event a|1", "event |2", "end");
    }

    @ParameterizedTest
    @ValueSource(strings = { "data: {\"a\":", "data: {\"a\":1", "data: {", "data: [DO", "data: {\"a\":\ndata: 1\n", "dat" })
    void anEventThatIsCutHasNotCome(String cut) {
        fixture.server.enqueue(Answer.sse("data: 1\n\n" + cut));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "event |1", "end");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"a\":1}", "[DONE]", "{\"a\":[]} ", "2", "overloaded" })
    void anEventThatOnlyLacksItsBlankLineIsTaken(String last) {
        fixture.server.enqueue(Answer.sse("data: 1\n\ndata: " + last));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "event |1", "event |" + last, "end");
    }

    @Test
    void aWholeAnswerArrivesAsBody() {
        fixture.server.enqueue(Answer.json(new JsonObject().put("a", 1)));
        assertThat(fixture.whole(fixture.settings()).awaitEnd()).containsExactly("head", "body {\"a\":1}", "end");
    }

    @Test
    void aServerThatIgnoresTheWishForAStreamIsUnderstood() {
        fixture.server.enqueue(Answer.raw("text/event-stream", " {\"a\":1}".getBytes(UTF_8)));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "body  {\"a\":1}", "end");
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "text/plain", "" })
    void anEventStreamIsOneWhateverItIsCalled(String contentType) {
        fixture.server.enqueue(Answer.raw(contentType, "\n\ndata: 1\n\n".getBytes(UTF_8)).with(Fault.splitEveryByte()));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "event |1", "end");
    }

    @Test
    void aWebPageIsABody() {
        fixture.server.enqueue(Answer.raw("text/html", "<html>".getBytes(UTF_8)));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "body <html>", "end");
    }

    @Test
    void anEmptyAnswerIsAnEmptyBody() {
        fixture.server.enqueue(Answer.sse(""));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "body ", "end");
    }

    @Test
    void aLastEventNeedsNoBlankLine() {
        fixture.server.enqueue(Answer.sse("data: 1\n\ndata: [DONE]"));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "event |1", "event |[DONE]", "end");
    }

    @Test
    void anErrorIsAHeadAndABody() {
        fixture.server.enqueue(Answer.error(429, new JsonObject().put("e", 1)).header("Retry-After", "2"));
        RecordingListener listener = fixture.stream(fixture.settings());
        assertThat(listener.awaitEnd()).containsExactly("head", "body {\"e\":1}", "end");
        assertThat(listener.status).isEqualTo(429);
        assertThat(listener.headers).containsEntry("retry-after", "2");
    }

    @Test
    void aRedirectIsNotFollowed() {
        fixture.server.enqueue(Answer.raw("text/plain", "moved".getBytes(UTF_8)).status(302)
                .header("Location", fixture.server.origin() + "/elsewhere"));
        RecordingListener listener = fixture.whole(fixture.settings());
        assertThat(listener.awaitEnd()).containsExactly("head", "body moved", "end");
        assertThat(listener.status).isEqualTo(302);
        assertThat(fixture.server.requests()).hasSize(1);
    }

    @Test
    void theRequestGoesOutAsItIs() {
        fixture.server.enqueue(TWO_EVENTS);
        ProviderSettings settings = fixture.settings().build();
        fixture.open(fixture.transport(settings), new OutgoingRequest("POST", "/v1/x?a=b", Map.of("x-a", "1"),
                "{\"a\":\"ü\"}".getBytes(UTF_8), true, settings.timeLimits()), new RecordingListener());
        RecordedRequest request = fixture.server.takeRequest(AT_MOST);
        assertThat(request.path()).isEqualTo("/v1/x");
        assertThat(request.query()).isEqualTo("a=b");
        assertThat(request.header("x-a")).isEqualTo("1");
        assertThat(request.header("content-length")).isEqualTo("10");
        assertThat(request.header("upgrade")).isNull();
        assertThat(request.httpVersion()).isEqualTo("http/1.1");
        assertThat(request.body()).isEqualTo("{\"a\":\"ü\"}");
    }

    @Test
    void compressedStreamsAreUnderstood() {
        fixture.server.enqueue(TWO_EVENTS.with(Framing.GZIP));
        assertThat(fixture.stream(fixture.settings()).awaitEnd()).containsExactly("head", "event a|1", "event |2", "end");
    }

    @Test
    void everythingHappensOnTheEventLoopOfTheCaller() {
        fixture.server.respond(request -> TWO_EVENTS);
        HttpTransport transport = fixture.transport(fixture.settings().build());
        Thread[] loop = new Thread[1];
        fixture.onLoop(() -> loop[0] = Thread.currentThread());
        for (int i = 0; i < 10; i++) {
            RecordingListener listener = new RecordingListener();
            fixture.open(transport, fixture.stream(fixture.settings().build()), listener);
            listener.awaitEnd();
            assertThat(listener.threads).containsExactly(loop[0]);
        }
    }

    @Test
    void aHundredRequestsInTurnUseOneConnection() {
        fixture.server.respond(request -> TWO_EVENTS);
        ProviderSettings settings = fixture.settings().build();
        HttpTransport transport = fixture.transport(settings);
        for (int i = 0; i < 100; i++) {
            RecordingListener listener = new RecordingListener();
            fixture.open(transport, fixture.stream(settings), listener);
            assertThat(listener.awaitEnd()).endsWith("end");
        }
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @Test
    void aReleasedAnswerGivesItsConnectionBack() {
        fixture.server.respond(request -> Answer.text("a", "b", "c").pause(Duration.ofMillis(20)));
        ProviderSettings settings = fixture.settings().concurrency(1, 1).build();
        HttpTransport transport = fixture.transport(settings);
        for (int i = 0; i < 3; i++) {
            Releasing listener = new Releasing();
            listener.open(transport);
            await().atMost(AT_MOST).until(() -> !listener.calls.isEmpty());
        }
        fixture.server.requests()
                .forEach(request -> assertThat(request.awaitOutcome(AT_MOST)).isEqualTo(Outcome.COMPLETED));
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @Test
    void aReleasedAnswerWithoutEndIsClosed() {
        fixture.server.enqueue(Answer.text("a").with(Framing.DONE_THEN_OPEN));
        Releasing listener = new Releasing();
        listener.open(fixture.transport(fixture.settings().build()));
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(listener.calls).hasSize(1);
    }

    @Test
    void aLongRestIsNotRead() {
        fixture.server.enqueue(Answer.endless());
        Releasing listener = new Releasing();
        listener.open(fixture.transport(fixture.settings().build()));
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    /** Releases the exchange at the first event. */
    private final class Releasing extends RecordingListener {

        private Exchange exchange;

        void open(HttpTransport transport) {
            fixture.onLoop(() -> exchange = transport.open(fixture.context, fixture.stream(transport.settings()), this));
        }

        @Override
        public void event(String name, byte[] data, int offset, int length) {
            super.event(name, data, offset, length);
            calls.clear();
            calls.add("released");
            exchange.release();
        }

        @Override
        public void head(int status, Map<String, String> headers) {
        }
    }

    @Test
    void aCutStreamFails() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.dropAfterEvents(1)));
        RecordingListener listener = fixture.stream(fixture.settings());
        assertThat(listener.awaitFailure(LlmTransportException.class))
                .hasMessageContaining("127.0.0.1:" + fixture.server.port())
                .hasMessageContaining("before the answer was complete");
        assertThat(listener.calls).hasSize(3).endsWith("failed");
    }

    @Test
    void aResetStreamFails() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.resetAfterEvents(1)));
        fixture.stream(fixture.settings()).awaitFailure(LlmTransportException.class);
    }

    @Test
    void aConnectionThatIsClosedInsteadOfAnAnswerFails() {
        fixture.server.enqueue(Answer.text("a").with(Fault.dropBeforeHead()));
        assertThat(fixture.stream(fixture.settings()).awaitFailure(LlmTransportException.class))
                .hasMessageContaining("before an answer came");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        assertThat(fixture.stream(TestSettings.of("http://localhost:1/v1?key=sesame"))
                .awaitFailure(LlmTransportException.class)).hasMessageContaining("localhost:1")
                .hasMessageContaining("quarkus.llm.test.base-url").hasMessageNotContaining("sesame");
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThat(fixture.stream(TestSettings.of("http://no-such-host.invalid/v1").name("<default>"))
                .awaitFailure(LlmTransportException.class)).hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("quarkus.llm.base-url");
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsNamed() {
        assertThat(fixture.stream(TestSettings.of("https://localhost:" + fixture.server.port()))
                .awaitFailure(LlmTransportException.class)).hasMessageContaining("TLS");
    }

    @Test
    void aHeaderThatCannotBeSentIsNotShown() {
        ProviderSettings settings = fixture.settings().build();
        RecordingListener listener = new RecordingListener();
        fixture.open(fixture.transport(settings), new OutgoingRequest("POST", "/v1/x", Map.of("authorization", "sesame\n"),
                new byte[0], true, settings.timeLimits()), listener);
        assertThat(listener.awaitFailure(LlmTransportException.class)).hasMessageContaining("headers").hasNoCause()
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aListenerThatThrowsEndsTheExchange() {
        fixture.server.enqueue(Answer.endless());
        RecordingListener listener = new RecordingListener() {
            @Override
            public void event(String name, byte[] data, int offset, int length) {
                throw new StackOverflowError("too deep");
            }
        };
        ProviderSettings settings = fixture.settings().build();
        fixture.open(fixture.transport(settings), fixture.stream(settings), listener);
        assertThat(listener.awaitFailure(LlmDecodeException.class)).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(listener.failures).hasSize(1);
    }

    @Test
    void aListenerThatThrowsAtTheEndIsToldSo() {
        fixture.server.enqueue(TWO_EVENTS);
        RecordingListener listener = new RecordingListener() {
            @Override
            public void end() {
                throw new IllegalStateException("not yet");
            }
        };
        ProviderSettings settings = fixture.settings().build();
        fixture.open(fixture.transport(settings), fixture.stream(settings), listener);
        listener.awaitFailure(LlmDecodeException.class);
    }

    @Test
    void anEventThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.sse("data: " + "x".repeat(2000) + "\n\n"));
        assertThat(fixture.stream(fixture.settings().sizes(1000, 10_000)).awaitFailure(LlmLimitException.class).key())
                .isEqualTo("max-event-size");
    }

    @Test
    void aStreamThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.endless());
        LlmLimitException failure = fixture.stream(fixture.settings().sizes(1000, 10_000))
                .awaitFailure(LlmLimitException.class);
        assertThat(failure.key()).isEqualTo("max-response-size");
        assertThat(failure).hasMessageContaining("quarkus.llm.test.max-response-size");
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aBodyThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.json(new JsonObject().put("a", "x".repeat(20_000))));
        assertThat(fixture.whole(fixture.settings().sizes(1000, 10_000)).awaitFailure(LlmLimitException.class).key())
                .isEqualTo("max-response-size");
    }

    @Test
    void aTargetThatCannotBeSentFailsAtOnce() {
        ProviderSettings settings = fixture.settings().build();
        OutgoingRequest request = new OutgoingRequest("POST", "/x y", Map.of(), "{}".getBytes(UTF_8), true,
                settings.timeLimits());
        RecordingListener listener = new RecordingListener();

        fixture.open(fixture.transport(settings), request, listener);

        assertThat(listener.awaitFailure(LlmTransportException.class)).hasMessageContaining("cannot be built");
    }
}
