package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.quarkiverse.llm.scripted.WebSocketMode;
import io.vertx.core.json.JsonObject;

/** A request and its answer over a WebSocket. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketExchangeTest {

    private static final Answer HELLO = Answer.text("Hel", "lo");
    private static final int EVENTS = 10;

    private final SocketFixture fixture = new SocketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Taker ask(TestSettings settings) {
        return fixture.ask(settings);
    }

    private Taker ask() {
        return ask(fixture.settings());
    }

    @Test
    void eachMessageIsAnEvent() {
        fixture.server.enqueue(HELLO);
        Taker taker = ask();
        assertThat(taker.awaitText()).isEqualTo("Hello");
        assertThat(taker.events()).hasSize(EVENTS);
        assertThat(taker.calls).hasSize(EVENTS + 1).startsWith("head");
        assertThat(taker.status).isEqualTo(200);
        assertThat(taker.headers).doesNotContainKeys("upgrade", "connection", "sec-websocket-accept");
    }

    @Test
    void theRequestIsOneMessageOfText() {
        fixture.server.enqueue(HELLO);
        ask().awaitText();
        assertThat(fixture.server.takeRequest().body()).isEqualTo(SocketFixture.FRAME);
    }

    @Test
    void theHandshakeHasTheHeadersButThoseOfABody() {
        fixture.server.enqueue(HELLO);
        ask().awaitText();
        RecordedRequest upgrade = fixture.server.upgrades().get(0);
        assertThat(upgrade.path()).isEqualTo("/v1/responses");
        assertThat(upgrade.header("authorization")).isEqualTo("Bearer sesame");
        assertThat(upgrade.header("content-type")).isNull();
        assertThat(upgrade.header("accept")).isNull();
        assertThat(upgrade.header("origin")).isNull();
        assertThat(upgrade.header("sec-websocket-extensions")).isNull();
    }

    @Test
    void aHundredRequestsInTurnUseOneConnection() {
        fixture.server.respond(request -> HELLO);
        WebSocketTransport transport = fixture.transport(fixture.settings());
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.ask(transport).awaitText()).isEqualTo("Hello");
        }
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @Test
    void everythingHappensOnTheEventLoopOfTheCaller() {
        fixture.server.respond(request -> HELLO);
        WebSocketTransport transport = fixture.transport(fixture.settings());
        Thread[] loop = new Thread[1];
        fixture.onLoop(() -> loop[0] = Thread.currentThread());
        for (int i = 0; i < 10; i++) {
            Taker taker = fixture.ask(transport);
            taker.awaitText();
            assertThat(taker.threads).containsExactly(loop[0]);
        }
    }

    @Test
    void messagesInManyFramesAreWhole() {
        fixture.server.enqueue(HELLO.with(Fault.split(7), WebSocketFault.PINGS));
        assertThat(ask().awaitText()).isEqualTo("Hello");
    }

    @Test
    void largeMessagesGoBothWays() {
        String large = "x".repeat(17 * 1024 * 1024);
        String answer = large.substring(0, 4 * 1024 * 1024);
        fixture.server.enqueue(Answer.text(answer));
        WebSocketTransport transport = fixture.transport(fixture.settings().sizes(100_000_000, 400_000_000)
                .webSocket(settings -> settings.withMaxMessageSize(64 * 1024 * 1024)));
        byte[] frame = new JsonObject().put("type", "response.create").put("model", "m").put("input", large).encode()
                .getBytes(UTF_8);
        Taker taker = fixture.ask(fixture.context, transport,
                new WebSocketRequest(SocketFixture.outgoing(transport), FrameSource.of(frame)), new Taker());
        assertThat(taker.awaitText()).hasSameSizeAs(answer);
        assertThat(fixture.server.takeRequest().bodyBytes()).isEqualTo(frame.length);
    }

    @Test
    void aDoneIsNoEvent() {
        fixture.server.respond(request -> HELLO);
        WebSocketTransport transport = fixture.transport(fixture.settings());
        fixture.ask(transport).awaitText();
        fixture.server.webSockets().get(0).send("[DONE]");
        fixture.server.webSockets().get(0).ping().toCompletableFuture().orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("Hello");
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 404, 405, 426, 429, 503 })
    void aRefusedUpgradeIsAnAnswerOfHttp(int status) {
        fixture.server.webSocket(WebSocketMode.refused(Answer.error(status, new JsonObject().put("e", 1))
                .header("Retry-After", "2")));
        Taker taker = ask();
        assertThat(taker.awaitEnd()).containsExactly("head", "body {\"e\":1}", "end");
        assertThat(taker.status).isEqualTo(status);
        assertThat(taker.headers).containsEntry("retry-after", "2");
    }

    @Test
    void aServerThatDoesNotSeeTheUpgradeIsNamed() {
        fixture.server.webSocket(WebSocketMode.refused(Answer.json(new JsonObject().put("a", 1))));
        assertThat(ask().awaitFailure(LlmTransportException.class)).hasMessageContaining("HTTP 200");
    }

    @Test
    void aRefusalGivesThePlaceBack() {
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 0));
        fixture.server.webSocket(WebSocketMode.refused(503));
        Taker refused = fixture.ask(transport, new Taker() {
            @Override
            public void end() {
                exchange.release();
                super.end();
            }
        });
        refused.awaitEnd();
        fixture.server.webSocket(WebSocketMode.accepted()).enqueue(HELLO);
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("Hello");
    }

    @Test
    void aConnectionThatIsClosedInsteadOfAnUpgradeFails() {
        fixture.server.webSocket(WebSocketMode.refused(HELLO.with(Fault.dropBeforeHead())));
        assertThat(ask().awaitFailure(LlmTransportException.class)).hasMessageContaining("no connection to");
    }

    @Test
    void anAnswerThatIsCutAtAnyEventFails() {
        for (int events = 0; events < EVENTS; events++) {
            fixture.server.enqueue(HELLO.with(Fault.closeAfterEvents(events, 1011)),
                    HELLO.with(Fault.dropAfterEvents(events)), HELLO.with(Fault.resetAfterEvents(events)));
            for (int i = 0; i < 3; i++) {
                Taker taker = ask();
                assertThat(taker.awaitFailure(LlmTransportException.class))
                        .hasMessageContaining(events == 0 ? "before an answer came" : "before the answer was complete")
                        .hasCauseInstanceOf(IOException.class);
                if (i == 0) {
                    assertThat(((WebSocketClosedException) taker.failures.get(0).getCause()).code()).isEqualTo(1011);
                }
                assertThat(taker.failures).hasSize(1);
                assertThat(taker.calls).endsWith("failed");
                if (i < 2) {
                    assertThat(taker.events()).hasSize(events);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 20, 300, 700 })
    void anAnswerThatIsCutInsideAFrameFails(int bytes) {
        fixture.server.enqueue(HELLO.with(Fault.dropAfterBytes(bytes)));
        Taker taker = ask();
        taker.awaitFailure(LlmTransportException.class);
        assertThat(taker.events().size()).isLessThan(EVENTS);
    }

    @Test
    void aBinaryMessageFailsAndClosesTheConnection() {
        fixture.server.enqueue(HELLO.with(WebSocketFault.BINARY_MESSAGE));
        assertThat(ask().awaitFailure(LlmDecodeException.class)).hasMessageContaining("binary message");
        // who closes with unread data in its hands resets the connection, which can overtake the close frame
        assertThat(fixture.server.webSockets().get(0).awaitClosed()).isIn(1002, 1006);
    }

    @Test
    void aMessageWithoutARequestClosesTheConnection() {
        fixture.server.respond(request -> HELLO);
        WebSocketTransport transport = fixture.transport(fixture.settings());
        fixture.ask(transport).awaitText();
        fixture.server.webSockets().get(0).send("{\"type\":\"response.output_text.delta\",\"delta\":\"x\"}");
        assertThat(fixture.server.webSockets().get(0).awaitClosed()).isEqualTo(1002);
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("Hello");
    }

    @Test
    void aMessageThatFollowsTheLastOneReachesNoOtherRequest() {
        fixture.server.respond(request -> HELLO.with(WebSocketFault.STRAY_EVENT_AFTER));
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 20));
        List<Taker> takers = IntStream.range(0, 20).mapToObj(i -> fixture.ask(transport)).toList();
        for (Taker taker : takers) {
            assertThat(taker.awaitText()).isEqualTo("Hello");
            assertThat(taker.events()).hasSize(EVENTS);
        }
    }

    @Test
    void answersThatNeverBeginAsTheyShouldAreReadAllTheSame() {
        fixture.server.respond(request -> Answer.sse("data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n"
                + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}\n\n"));
        WebSocketTransport transport = fixture.transport(fixture.settings());
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("a");
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("a");
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @Test
    void aListenerThatThrowsEndsTheExchange() {
        fixture.server.enqueue(Answer.endless());
        Taker taker = fixture.ask(fixture.transport(fixture.settings()), new Taker() {
            @Override
            public void event(String name, byte[] data, int offset, int length) {
                throw new StackOverflowError("too deep");
            }
        });
        assertThat(taker.awaitFailure(LlmDecodeException.class)).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(taker.failures).hasSize(1);
    }

    @Test
    void anEventThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.text("x".repeat(2000)));
        assertThat(ask(fixture.settings().sizes(1000, 100_000)).awaitFailure(LlmLimitException.class).key())
                .isEqualTo("max-event-size");
    }

    @Test
    void anEventInManyFramesThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.text("x".repeat(2000)).with(Fault.split(100)));
        assertThat(ask(fixture.settings().sizes(1000, 100_000)).awaitFailure(LlmLimitException.class).key())
                .isEqualTo("max-event-size");
    }

    @Test
    void aFrameThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.text("x".repeat(5000)));
        LlmLimitException failure = ask(fixture.settings().webSocket(settings -> settings.withMaxMessageSize(4000)))
                .awaitFailure(LlmLimitException.class);
        assertThat(failure.key()).isEqualTo("websocket.max-message-size");
        assertThat(failure).hasMessageContaining("quarkus.llm.test.websocket.max-message-size");
    }

    @Test
    void anAnswerThatIsTooLargeNamesItsKey() {
        fixture.server.enqueue(Answer.endless());
        assertThat(ask(fixture.settings().sizes(1000, 10_000)).awaitFailure(LlmLimitException.class).key())
                .isEqualTo("max-response-size");
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aRequestThatIsTooLargeIsNotSent() {
        fixture.server.enqueue(HELLO);
        LlmLimitException failure = ask(fixture.settings().webSocket(settings -> settings.withMaxMessageSize(20)))
                .awaitFailure(LlmLimitException.class);
        assertThat(failure.key()).isEqualTo("websocket.max-message-size");
        assertThat(fixture.server.requests()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        assertThat(ask(TestSettings.of("http://localhost:1/v1?key=sesame")).awaitFailure(LlmTransportException.class))
                .hasMessageContaining("localhost:1").hasMessageContaining("quarkus.llm.test.base-url")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsNamed() {
        assertThat(ask(TestSettings.of("https://localhost:" + fixture.server.port()))
                .awaitFailure(LlmTransportException.class)).hasMessageContaining("TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = { "sesame\n", "sesame\u0000" })
    void aHeaderThatCannotBeSentIsNotShown(String value) {
        WebSocketTransport transport = fixture.transport(fixture.settings());
        Taker taker = fixture.ask(fixture.context, transport, WebSocketRequest.of(new OutgoingRequest("POST", "/v1/x",
                Map.of("authorization", value), new byte[0], true, transport.settings().timeLimits())), new Taker());
        assertThat(taker.awaitFailure(LlmTransportException.class)).hasMessageContaining("headers").hasNoCause()
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aSourceThatThrowsFailsTheExchangeAndKeepsTheConnection() {
        fixture.server.respond(request -> HELLO);
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 0));
        fixture.ask(transport).awaitText();
        Taker taker = fixture.ask(fixture.context, transport, new WebSocketRequest(SocketFixture.outgoing(transport),
                new Conversation("a") {
                    @Override
                    public byte[] frame(Attachment attachment) {
                        throw new IllegalStateException("no message");
                    }
                }), new Taker());
        taker.awaitFailure(LlmDecodeException.class);
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("Hello");
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }
}
