package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.impl.ContextInternal;

/** Answers that are read slowly, not to their end, or on another event loop than that of their connection. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketReadingTest {

    private static final String[] HUNDRED = IntStream.range(0, 100).mapToObj(i -> i + " ").toArray(String[]::new);

    /** Soon more than the network holds. */
    private static final Answer ENDLESS = Answer.endless("x".repeat(10_000));

    private final SocketFixture fixture = new SocketFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** With a connection on the first event loop that knows a conversation. */
    private WebSocketTransport talking(TestSettings settings) {
        WebSocketTransport transport = fixture.transport(settings);
        fixture.server.enqueue(Answer.text("first"));
        Conversation conversation = new Conversation("a");
        fixture.ask(fixture.context, transport, new WebSocketRequest(SocketFixture.outgoing(transport), conversation),
                new Taker() {
                    @Override
                    void last() {
                        conversation.attachment.set("a");
                        super.last();
                    }
                }).awaitText();
        fixture.server.takeRequest();
        return transport;
    }

    private ContextInternal loop(boolean far) {
        return far ? fixture.otherLoop : fixture.context;
    }

    private <T extends Taker> T goOn(WebSocketTransport transport, boolean far, T taker) {
        T asking = fixture.ask(loop(far), transport,
                new WebSocketRequest(SocketFixture.outgoing(transport), new Conversation("a")), taker);
        return asking;
    }

    private static void awaitNoMoreWritten(RecordedRequest request) {
        long[] written = { -1 };
        await().atMost(AT_MOST).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200))
                .until(() -> written[0] == (written[0] = request.bytesWritten()));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aPausedExchangeStopsTheServer(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        fixture.server.enqueue(ENDLESS);
        Taker taker = goOn(transport, far, new Taker()).awaiting("head");
        SocketFixture.run(loop(far), taker.exchange::pause);
        RecordedRequest request = fixture.server.takeRequest();
        awaitNoMoreWritten(request);
        long written = request.bytesWritten();
        int calls = taker.calls.size();
        await().during(Duration.ofMillis(200)).atMost(AT_MOST).until(() -> taker.calls.size() == calls);
        SocketFixture.run(loop(far), taker.exchange::resume);
        await().atMost(AT_MOST).until(() -> request.bytesWritten() > written && taker.calls.size() > calls);
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void ofLargeEventsNoMoreIsTakenThanOfSmallOnes(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        String large = "a".repeat(900_000);
        fixture.server.enqueue(Answer.text(Collections.nCopies(25, large).toArray(String[]::new)));
        Taker taker = goOn(transport, far, new Taker() {
            @Override
            public void head(int status, Map<String, String> headers) {
                exchange.pause();
                super.head(status, headers);
            }
        });
        RecordedRequest request = fixture.server.takeRequest();
        taker.awaiting("head");
        awaitNoMoreWritten(request);
        // most of it is in the buffers of the network
        assertThat(request.bytesWritten()).isLessThan(16L * large.length());
        int events = taker.events().size();
        SocketFixture.run(loop(far), taker.exchange::resume);
        await().atMost(AT_MOST).until(() -> taker.events().size() > events + 1);
        SocketFixture.run(loop(far), taker.exchange::cancel);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void eventsKeepTheirOrderOnTheLoopOfTheCaller(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        String[] deltas = IntStream.range(0, 2000).mapToObj(i -> i + " ").toArray(String[]::new);
        fixture.server.enqueue(Answer.text(deltas));
        Thread[] thread = new Thread[1];
        SocketFixture.run(loop(far), () -> thread[0] = Thread.currentThread());
        Taker taker = goOn(transport, far, new Taker());
        assertThat(taker.awaitText()).isEqualTo(String.join("", deltas));
        assertThat(taker.threads).containsExactly(thread[0]);
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whatFollowsFromWithinTheEndOfAnAnswerGoesOverTheSameConnection(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        fixture.server.respond(request -> Answer.text("a"));
        CompletableFuture<Taker> last = new CompletableFuture<>();
        goOn(transport, far, new Chain(transport, loop(far), 20, last));
        assertThat(last.orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS).join().text()).isEqualTo("a");
        assertThat(fixture.server.requests()).hasSize(22);
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    @Test
    void whoTakesAConnectionBeforeItHearsOfTheEndElsewhereReadsAll() {
        WebSocketTransport transport = talking(fixture.settings());
        String[] deltas = IntStream.range(0, 10 * Intake.WINDOW).mapToObj(i -> i + " ").toArray(String[]::new);
        fixture.server.enqueue(Answer.text("a")).enqueue(Answer.text(deltas));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch givenBack = new CountDownLatch(1);
        Taker next = new Taker();
        goOn(transport, true, new Taker() {
            @Override
            void last() {
                fixture.context.runOnContext(there -> {
                    busy.countDown();
                    join(givenBack);
                    next.exchange = transport.open(fixture.context,
                            new WebSocketRequest(SocketFixture.outgoing(transport), new Conversation("a")), next);
                });
                join(busy);
                super.last();
                givenBack.countDown();
            }
        });
        assertThat(next.awaitText()).isEqualTo(String.join("", deltas));
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
    }

    private static void join(CountDownLatch latch) {
        try {
            assertThat(latch.await(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again at the end of its answer. */
    private static final class Chain extends Taker {

        private final WebSocketTransport transport;
        private final ContextInternal loop;
        private final int more;
        private final CompletableFuture<Taker> end;

        Chain(WebSocketTransport transport, ContextInternal loop, int more, CompletableFuture<Taker> end) {
            this.transport = transport;
            this.loop = loop;
            this.more = more;
            this.end = end;
        }

        @Override
        void last() {
            super.last();
            if (more == 0) {
                end.complete(this);
            } else {
                Chain next = new Chain(transport, loop, more - 1, end);
                next.exchange = transport.open(loop,
                        new WebSocketRequest(SocketFixture.outgoing(transport), new Conversation("a")), next);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whatCameBeforeACutIsDelivered(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        String[] deltas = new String[60];
        Arrays.fill(deltas, "x");
        fixture.server.enqueue(Answer.text(deltas).with(Fault.dropAfterEvents(50)));
        Taker taker = goOn(transport, far, new Taker());
        taker.awaitFailure(LlmTransportException.class);
        assertThat(taker.events()).hasSize(50);
        assertThat(taker.calls).endsWith("failed");
    }

    /** More events than Vert.x keeps are still with the server, or the network. */
    @ParameterizedTest
    @CsvSource({ "false, close-after-events:5:1011, 5", "true, close-after-events:5:1011, 5",
            "false, close-after-events:90:1011, 90", "true, close-after-events:90:1011, 90",
            "false, drop-after-events:5, 5", "true, drop-after-events:5, 5",
            "false, drop-after-events:90, 90", "true, drop-after-events:90, 90" })
    void theEndDoesNotOvertakeEventsThatWait(boolean far, String cut, int events) {
        WebSocketTransport transport = talking(fixture.settings());
        fixture.server.enqueue(Answer.text(HUNDRED).with(Fault.named(cut)));
        Taker taker = new Taker() {
            @Override
            public void head(int status, Map<String, String> headers) {
                super.head(status, headers);
                exchange.pause();
            }
        };
        goOn(transport, far, taker).awaiting("head");
        fixture.server.takeRequest().awaitOutcome();
        if (events < Intake.WINDOW) {
            // the client has read it: it has answered the close
            fixture.server.webSockets().get(0).awaitClosed();
        }
        if (!far) {
            // from another event loop a pause comes later than what is on its way, and than the end behind that
            assertThat(taker.failures).isEmpty();
        }
        SocketFixture.run(loop(far), taker.exchange::resume);
        taker.awaitFailure(LlmTransportException.class);
        assertThat(taker.events()).hasSize(events);
        assertThat(taker.calls).hasSize(events + 2).endsWith("failed");
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aWholeAnswerThatIsReadEventByEventIsWholeThoughTheServerHasClosed(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        fixture.server.enqueue(Answer.text(HUNDRED).with(Fault.closeAtEnd(1001)));
        ContextInternal loop = loop(far);
        Taker taker = goOn(transport, far, new Taker() {
            @Override
            public void event(String name, byte[] data, int offset, int length) {
                super.event(name, data, offset, length);
                exchange.pause();
                loop.runOnContext(later -> exchange.resume());
            }
        });
        assertThat(taker.awaitText()).isEqualTo(String.join("", HUNDRED));
        assertThat(taker.failures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void cancellingClosesTheConnection(boolean far) {
        WebSocketTransport transport = talking(fixture.settings().concurrency(1, 0));
        fixture.server.enqueue(ENDLESS);
        Taker taker = goOn(transport, far, new Taker()).awaiting("head");
        SocketFixture.run(loop(far), () -> {
            taker.exchange.cancel();
            taker.calls.clear();
        });
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        fixture.server.enqueue(Answer.text("next"));
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("next");
        assertThat(taker.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void cancellingWhilePausedClosesTheConnection(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        fixture.server.enqueue(ENDLESS);
        Taker taker = goOn(transport, far, new Taker()).awaiting("head");
        SocketFixture.run(loop(far), taker.exchange::pause);
        RecordedRequest request = fixture.server.takeRequest();
        awaitNoMoreWritten(request);
        SocketFixture.run(loop(far), taker.exchange::cancel);
        assertThat(request.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aShortRestIsReadForTheSakeOfTheConnection(boolean far) {
        WebSocketTransport transport = talking(fixture.settings());
        fixture.server.enqueue(Answer.text("a", "b", "c").pause(Duration.ofMillis(50)).thenText("d"));
        goOn(transport, far, new Releasing()).awaiting("released");
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.COMPLETED);
        await().atMost(AT_MOST).untilAsserted(() -> {
            fixture.server.enqueue(Answer.text("next"));
            assertThat(goOn(transport, false, new Taker()).awaitText()).isEqualTo("next");
            assertThat(fixture.server.requests().get(fixture.server.requests().size() - 1).connection())
                    .isEqualTo(fixture.server.webSockets().get(0).connection());
        });
        assertThat(fixture.server.webSockets().get(0).isOpen()).isTrue();
    }

    @Test
    void aLongRestIsNotRead() {
        fixture.server.enqueue(ENDLESS);
        fixture.ask(fixture.transport(fixture.settings()), new Releasing()).awaiting("released");
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aRestThatIsLateIsNotRead() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(2)));
        Taker taker = fixture.ask(fixture.transport(fixture.settings()), new Releasing()).awaiting("released");
        assertThat(fixture.server.takeRequest().awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(taker.calls).containsExactly("released");
    }

    /** Releases the exchange at the first event. */
    private static final class Releasing extends Taker {

        @Override
        public void event(String name, byte[] data, int offset, int length) {
            calls.clear();
            calls.add("released");
            exchange.release();
        }
    }

    @Test
    void cancellingWhileWaitingGivesThePlaceUp() {
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 1));
        fixture.server.enqueue(Answer.text("a").pause(Duration.ofMillis(100)));
        Taker first = fixture.ask(transport);
        Taker waiting = fixture.ask(transport);
        fixture.onLoop(waiting.exchange::cancel);
        first.awaitText();
        fixture.server.enqueue(Answer.text("b"));
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("b");
        assertThat(waiting.calls).isEmpty();
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void aConnectionThatOpensForNobodyIsKept() {
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 1));
        Taker cancelled = new Taker();
        fixture.onLoop(() -> transport.open(fixture.context, SocketFixture.outgoing(transport), cancelled).cancel());
        fixture.server.enqueue(Answer.text("a"));
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("a");
        assertThat(fixture.server.connections().opened()).isEqualTo(1);
        assertThat(cancelled.calls).isEmpty();
    }
}
