package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.runtime.leaks.Leaks;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.WebSocketFault;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** A thousand exchanges that end as they like, on two event loops, and nothing stays behind. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NothingOfSocketsIsLeftTest {

    private static final int ROOM = 8;
    private static final int AT_A_TIME = 25;

    private final SocketFixture fixture = new SocketFixture();
    private final Random random = new Random(42);

    @AfterEach
    void close() {
        fixture.close();
    }

    private Answer answer() {
        Answer answer = Answer.text("a", "b", "c");
        int place = random.nextInt(10);
        return switch (random.nextInt(10)) {
            case 0 -> answer.with(Fault.closeAfterEvents(place, 1011));
            case 1 -> answer.with(Fault.dropAfterEvents(place));
            case 2 -> answer.with(Fault.resetAfterEvents(place));
            case 3 -> answer.with(Fault.dropAfterBytes(1 + 100 * place));
            case 4 -> answer.with(WebSocketFault.BINARY_MESSAGE);
            case 5 -> answer.with(WebSocketFault.STRAY_EVENT_AFTER);
            case 6 -> answer.with(Fault.closeAtEnd(1001));
            case 7 -> Answer.endless();
            default -> answer;
        };
    }

    /** Takes some events, and then does what it likes. */
    private final class Moody extends Taker {

        private final ContextInternal loop;
        private final int mood = random.nextInt(8);
        private final int patience = random.nextInt(12);
        private int events;

        Moody(ContextInternal loop) {
            this.loop = loop;
        }

        @Override
        public void event(String name, byte[] data, int offset, int length) {
            events++;
            if (SocketFixture.isLast(data, offset, length)) {
                last();
            } else if (events == 1 + patience) {
                switch (mood) {
                    case 0 -> done(exchange::cancel);
                    case 1 -> done(exchange::release);
                    case 2 -> throw new IllegalStateException("in a bad mood");
                    case 3 -> exchange.resend();
                    case 4 -> exchange.reconnect();
                    case 5 -> {
                        exchange.pause();
                        loop.setTimer(5, later -> exchange.resume());
                    }
                    default -> {
                    }
                }
            } else if (events > 60) {
                done(exchange::cancel);
            }
        }

        private void done(Runnable end) {
            end.run();
            over.complete(null);
        }
    }

    private Moody start(WebSocketTransport transport, Leaks leaks) {
        ContextInternal loop = random.nextBoolean() ? fixture.context : fixture.otherLoop;
        Moody moody = new Moody(loop);
        String name = "c" + random.nextInt(4);
        boolean cancelAtOnce = random.nextInt(20) == 0;
        SocketFixture.run(loop, () -> {
            moody.exchange = transport.open(loop, new WebSocketRequest(
                    SocketFixture.outgoing(transport.settings(), random.nextInt(4) == 0 ? "mine" : "yours"),
                    new Conversation(name) {
                        @Override
                        public byte[] frame(Attachment of) {
                            byte[] frame = super.frame(of);
                            of.set(name);
                            return frame;
                        }
                    }), moody);
            leaks.watch(moody.exchange);
            if (cancelAtOnce) {
                moody.done(moody.exchange::cancel);
            }
        });
        return moody;
    }

    private void run(int count, WebSocketTransport transport, Leaks leaks) {
        List<Moody> moods = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moods.add(start(transport, leaks));
            if (moods.size() == AT_A_TIME) {
                moods.forEach(Taker::awaitEnd);
                moods.clear();
            }
        }
        moods.forEach(Taker::awaitEnd);
    }

    @Test
    void afterAThousandExchanges() {
        ((VertxInternal) fixture.vertx).getAcceptorEventLoopGroup().next().submit(() -> {
        });
        Random answers = new Random(1);
        fixture.server.respond(request -> {
            synchronized (answers) {
                return answer();
            }
        });
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(100, 100)
                .webSocket(settings -> settings.withMaxConnections(ROOM).withIdleTimeout(Duration.ofMillis(300))
                        .withPingInterval(Duration.ofMillis(100))));
        try (Leaks warm = Leaks.start()) {
            run(100, transport, warm);
        }
        try (Leaks leaks = Leaks.start()) {
            run(1000, transport, leaks);
            await("idle connections close").atMost(AT_MOST).until(() -> fixture.server.connections().open() == 0);
            leaks.assertTimers(fixture.vertx, Map.of());
            leaks.assertNoNewThreads();
            fixture.server.reset();
            leaks.assertObjectsUnreachable();
            leaks.assertBuffersReleased();
            assertAllRoomIsBack(transport);
            await().atMost(AT_MOST).until(() -> transport.close().isComplete());
            leaks.assertTimers(fixture.vertx, Map.of());
        }
    }

    private void assertAllRoomIsBack(WebSocketTransport transport) {
        CompletableFuture<Void> released = new CompletableFuture<>();
        fixture.server.respond(request -> Answer.text("a").pauseUntil(released));
        List<Taker> takers = new ArrayList<>();
        for (int i = 0; i < ROOM + 1; i++) {
            takers.add(fixture.ask(transport));
        }
        await().atMost(AT_MOST).until(() -> fixture.server.requests().size() == ROOM);
        released.complete(null);
        takers.forEach(taker -> assertThat(taker.awaitText()).isEqualTo("a"));
    }
}
