package io.quarkiverse.llm.runtime.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.quarkiverse.llm.runtime.transport.websocket.ConnectionPool.Entry;
import io.quarkiverse.llm.runtime.transport.websocket.ConnectionPool.Limits;
import io.quarkiverse.llm.runtime.transport.websocket.ConnectionPool.Outcome;

/** Who gets which connection, and when. */
class ConnectionPoolTest {

    private static final EventLoop HERE = new DefaultEventLoop();
    private static final EventLoop THERE = new DefaultEventLoop();
    private static final Handshake ME = new Handshake("/v1/responses", Map.of("authorization", "me"));
    private static final Handshake YOU = new Handshake("/v1/responses", Map.of("authorization", "you"));
    private static final Handshake NOBODY = new Handshake("/v1/responses", Map.of());
    private static final Duration LONG = Duration.ofHours(1);

    private ConnectionPool<Connection> pool = pool(10, LONG);

    private static ConnectionPool<Connection> pool(int connections, Duration leftFor) {
        return new ConnectionPool<>(new Limits(connections, 100, 2, 1000, leftFor));
    }

    private static final class Connection implements Pooled {

        private final Handshake handshake;
        private final EventLoop loop;
        private final Attachment attachment = new Attachment();
        private boolean closed;

        Connection(Handshake handshake, EventLoop loop) {
            this.handshake = handshake;
            this.loop = loop;
        }

        Connection with(String conversation) {
            attachment.set(conversation);
            return this;
        }

        @Override
        public Handshake handshake() {
            return handshake;
        }

        @Override
        public EventLoop eventLoop() {
            return loop;
        }

        @Override
        public Attachment attachment() {
            return attachment;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Asking implements ConnectionPool.Waiter<Connection> {

        private final Handshake handshake;
        private final EventLoop loop;
        private final FrameSource frames;
        private final List<Optional<Connection>> places = new ArrayList<>();
        private boolean mayWait = true;

        Asking(Handshake handshake, EventLoop loop, FrameSource frames) {
            this.handshake = handshake;
            this.loop = loop;
            this.frames = frames;
        }

        @Override
        public Handshake handshake() {
            return handshake;
        }

        @Override
        public EventLoop eventLoop() {
            return loop;
        }

        @Override
        public FrameSource frames() {
            return frames;
        }

        Asking withoutWaiting() {
            mayWait = false;
            return this;
        }

        @Override
        public boolean mayWait() {
            return mayWait;
        }

        @Override
        public void entered(Optional<Connection> connection) {
            places.add(connection);
        }
    }

    /** An idle connection. */
    private Connection idle(Handshake handshake, EventLoop loop) {
        return idle(new Connection(handshake, loop));
    }

    private Connection idle(Connection connection) {
        assertThat(enter(new Asking(NOBODY, HERE, new Conversation("")))).as("the right to make one").isEmpty();
        pool.giveBack(connection);
        return connection;
    }

    private static Asking me(String conversation) {
        return new Asking(ME, HERE, new Conversation(conversation));
    }

    private Optional<Connection> enter(Asking asking) {
        Entry<Connection> entry = pool.enter(asking);
        assertThat(entry.outcome()).isEqualTo(Outcome.ENTERED);
        return entry.connection();
    }

    @Test
    void theFirstRequestMakesAConnection() {
        assertThat(enter(me("a"))).isEmpty();
    }

    @Test
    void aConversationFindsItsConnectionOnAnyEventLoop() {
        idle(ME, HERE);
        Connection own = idle(new Connection(ME, THERE).with("a"));
        idle(new Connection(ME, HERE).with("b"));
        assertThat(enter(me("a"))).containsSame(own);
    }

    @Test
    void theConnectionThatKnowsMostIsTaken() {
        idle(new Connection(ME, HERE).with("a"));
        Connection longest = idle(new Connection(ME, THERE).with("aaa"));
        idle(new Connection(ME, HERE).with("aa"));
        FrameSource prefixes = new Conversation("aaaa") {
            @Override
            public int known(Attachment other) {
                return other.get(String.class).filter(name::startsWith).map(String::length).orElse(0);
            }
        };
        assertThat(enter(new Asking(ME, HERE, prefixes))).containsSame(longest);
    }

    @Test
    void anIdleConnectionOfTheEventLoopIsTaken() {
        idle(ME, THERE);
        Connection near = idle(ME, HERE);
        assertThat(enter(me("a"))).containsSame(near);
    }

    @Test
    void theConnectionThatWasUsedLastIsTakenSoThatTheOthersGo() {
        idle(ME, HERE);
        Connection last = idle(ME, HERE);
        assertThat(enter(me("a"))).containsSame(last);
    }

    @Test
    void aNewConnectionIsBetterThanOneOfAnotherEventLoop() {
        idle(ME, THERE);
        assertThat(enter(me("a"))).isEmpty();
    }

    @Test
    void aConversationThatWentOnLatelyKeepsItsConnection() {
        idle(new Connection(ME, HERE).with("b"));
        assertThat(enter(me("a"))).isEmpty();
    }

    @Test
    void aConversationThatHasWaitedLongLosesItsConnection() {
        pool = pool(10, Duration.ZERO);
        Connection oldest = idle(new Connection(ME, HERE).with("b"));
        idle(new Connection(ME, HERE).with("c"));
        assertThat(enter(me("a"))).containsSame(oldest);
    }

    @Test
    void aConnectionWithoutAConversationIsTakenFirst() {
        pool = pool(10, Duration.ZERO);
        idle(new Connection(ME, HERE).with("b"));
        Connection free = idle(ME, HERE);
        idle(new Connection(ME, HERE).with("c"));
        assertThat(enter(me("a"))).containsSame(free);
    }

    @Test
    void whenThereMayBeNoNewOneAnyConnectionDoes() {
        pool = pool(2, LONG);
        Connection talking = idle(new Connection(ME, HERE).with("b"));
        Connection far = idle(ME, THERE);
        assertThat(enter(me("a"))).as("without a conversation").containsSame(far);
        assertThat(enter(me("a"))).as("the longest waiting").containsSame(talking);
    }

    @Test
    void whenThereMayBeNoNewOneConversationsOfTheEventLoopGiveWayFirst() {
        pool = pool(2, LONG);
        Connection far = idle(new Connection(ME, THERE).with("b"));
        Connection near = idle(new Connection(ME, HERE).with("c"));
        assertThat(enter(me("a"))).containsSame(near);
        assertThat(enter(me("a"))).containsSame(far);
    }

    @Test
    void whenThereMayBeNoNewOneAConversationThatHasWaitedLongGivesWayFirstOfAll() {
        Map<Connection, Long> idle = new LinkedHashMap<>();
        Connection far = new Connection(ME, THERE).with("b");
        idle.put(far, 0L);
        idle.put(new Connection(ME, HERE).with("c"), 80L);
        ConnectionChoice<Connection> choice = new ConnectionChoice<>(idle, me("a"), Duration.ofNanos(50), 100L);
        assertThat(choice.better()).isEmpty();
        assertThat(choice.fair()).containsSame(far);
    }

    @Test
    void otherCredentialsGetOtherConnections() {
        Connection mine = idle(ME, HERE);
        assertThat(enter(new Asking(YOU, HERE, new Conversation("a")))).isEmpty();
        assertThat(enter(me("a"))).containsSame(mine);
    }

    @Test
    void theLongestIdleConnectionMakesRoomForOtherCredentials() {
        pool = pool(2, LONG);
        Connection oldest = idle(ME, HERE);
        Connection second = idle(ME, HERE);
        assertThat(enter(new Asking(YOU, HERE, new Conversation("a")))).isEmpty();
        assertThat(oldest.closed).isTrue();
        assertThat(second.closed).isFalse();
    }

    @Test
    void whoFindsNoPlaceWaitsInOrder() {
        pool = pool(1, LONG);
        enter(me("a"));
        Asking second = me("b");
        Asking third = me("c");
        assertThat(pool.enter(second).outcome()).isEqualTo(Outcome.QUEUED_FIRST);
        assertThat(pool.enter(third).outcome()).isEqualTo(Outcome.QUEUED);

        Connection connection = new Connection(ME, HERE).with("c");
        pool.giveBack(connection);
        assertThat(second.places).containsExactly(Optional.of(connection));
        assertThat(third.places).isEmpty();

        pool.leave();
        assertThat(third.places).containsExactly(Optional.empty());
    }

    @Test
    void theQueueIsBounded() {
        pool = pool(1, LONG);
        enter(me("a"));
        pool.enter(me("b"));
        Asking third = me("c");
        pool.enter(third);
        assertThat(pool.enter(me("d")).outcome()).isEqualTo(Outcome.TOO_MANY);
        assertThat(pool.giveUp(third)).isTrue();
        assertThat(pool.enter(me("d")).outcome()).isEqualTo(Outcome.QUEUED);
    }

    @Test
    void theBytesOfTheQueueAreBounded() {
        pool = pool(1, LONG);
        enter(me("a"));
        FrameSource large = FrameSource.of(new byte[600]);
        Asking first = new Asking(ME, HERE, large);
        pool.enter(first);
        Asking second = new Asking(ME, HERE, large);
        assertThat(pool.enter(second).outcome()).isEqualTo(Outcome.TOO_LARGE);
        pool.leave();
        assertThat(first.places).hasSize(1);
        assertThat(pool.enter(second).outcome()).isEqualTo(Outcome.QUEUED_FIRST);
    }

    @Test
    void aConnectionForAnotherWaiterMakesRoom() {
        pool = pool(1, LONG);
        enter(me("a"));
        Asking you = new Asking(YOU, HERE, new Conversation("b"));
        pool.enter(you);
        Connection mine = new Connection(ME, HERE);
        pool.giveBack(mine);
        assertThat(mine.closed).isTrue();
        assertThat(you.places).containsExactly(Optional.empty());
    }

    @Test
    void fewerRequestsThanConnectionsMayBeUnderWay() {
        pool = new ConnectionPool<>(new Limits(10, 1, 0, 1000, LONG));
        idle(ME, HERE);
        idle(ME, HERE);
        enter(me("a"));
        assertThat(pool.enter(me("b")).outcome()).isEqualTo(Outcome.TOO_MANY);
    }

    @Test
    void whoDoesNotWaitForAConnectionIsToldAtOnceThatThereIsNone() {
        pool = pool(1, LONG);
        enter(me("a").withoutWaiting());
        assertThat(pool.enter(me("b").withoutWaiting()).outcome()).isEqualTo(Outcome.ALL_TAKEN);
        pool.leave();
        assertThat(pool.enter(me("b").withoutWaiting()).outcome()).isEqualTo(Outcome.ENTERED);
    }

    @Test
    void whereRequestsAreFewerThanConnectionsThatOneWaitsToo() {
        pool = new ConnectionPool<>(new Limits(10, 1, 1, 1000, LONG));
        enter(me("a"));
        Asking second = me("b").withoutWaiting();
        assertThat(pool.enter(second).outcome()).isEqualTo(Outcome.QUEUED_FIRST);
        pool.leave();
        assertThat(second.places).hasSize(1);
    }

    @Test
    void anIdleConnectionCanBeRemovedOnce() {
        Connection connection = idle(ME, HERE);
        assertThat(pool.remove(connection)).isTrue();
        assertThat(pool.remove(connection)).isFalse();
        assertThat(enter(me("a"))).isEmpty();
    }

    @Test
    void aPoolThatKeepsNoneClosesThem() {
        Connection before = idle(ME, HERE);
        pool.keepNone();
        Connection after = idle(ME, HERE);
        assertThat(before.closed).isTrue();
        assertThat(after.closed).isTrue();
        assertThat(enter(me("a"))).isEmpty();
    }
}
