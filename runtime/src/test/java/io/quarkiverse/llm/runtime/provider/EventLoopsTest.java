package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;

/** On which event loop a stream from elsewhere is, and in which order such streams start. */
class EventLoopsTest {

    private static final int MANY = 40;
    private static final Optional<String> KEY = Optional.of("conversation");

    private final VertxInternal vertx = (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    private final EventLoops eventLoops = new EventLoops(vertx);
    private final List<ContextInternal> opened = new CopyOnWriteArrayList<>();
    private final List<Integer> started = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void subscribe(Optional<String> key, int number) {
        eventLoops.stream("pool", key, (context, taker) -> {
            opened.add(context);
            return new Source(() -> started.add(number));
        }).subscribe().with(event -> {
        });
    }

    private void subscribeToMany(Optional<String> key) {
        IntStream.range(0, MANY).forEach(number -> subscribe(key, number));
    }

    private List<EventLoop> opened() {
        return opened.stream().map(ContextInternal::nettyEventLoop).distinct().toList();
    }

    private void allStart() {
        await().until(() -> started.size() == MANY);
    }

    @Test
    void streamsOfOneKeyStartInTheOrderOfTheirSubscriptions() {
        subscribeToMany(KEY);
        allStart();
        assertThat(started).isSorted();
        assertThat(opened()).hasSize(1);
        assertThat(opened).doesNotHaveDuplicates().allMatch(ContextInternal::isEventLoopContext)
                .allMatch(ContextInternal::isDuplicate);
    }

    @Test
    void streamsOfOneKeyStartInTheirOrderForAWorkerToo() {
        vertx.createWorkerContext().runOnContext(there -> subscribeToMany(KEY));
        allStart();
        assertThat(started).isSorted();
        assertThat(opened()).hasSize(1);
    }

    @Test
    void theThreadsOfOneKeyShareItsEventLoop() {
        subscribe(KEY, 0);
        vertx.createWorkerContext().runOnContext(there -> subscribe(KEY, 1));
        await().until(() -> started.size() == 2);
        assertThat(opened()).hasSize(1);
    }

    @Test
    void differentKeysSpreadOverTheEventLoops() {
        IntStream.range(0, MANY).forEach(number -> subscribe(Optional.of("conversation " + number), number));
        allStart();
        assertThat(opened()).hasSize(4);
    }

    @Test
    void withoutAKeyTheEventLoopsTakeTurns() {
        subscribeToMany(Optional.empty());
        allStart();
        assertThat(opened()).hasSize(4);
    }

    @Test
    void whoHasAnEventLoopKeepsItWhateverTheKey() {
        ContextInternal caller = vertx.createEventLoopContext().duplicate();
        caller.runOnContext(there -> IntStream.range(0, MANY)
                .forEach(number -> subscribe(Optional.of("conversation " + number), number)));
        allStart();
        assertThat(opened).containsOnly(caller);
        assertThat(started).isSorted();
    }

    /** Has no events. */
    private record Source(Runnable starting) implements EventSource {

        @Override
        public void start() {
            starting.run();
        }

        @Override
        public void answered() {
        }

        @Override
        public void pause() {
        }

        @Override
        public void resume() {
        }

        @Override
        public void release() {
        }

        @Override
        public void cancel() {
        }

        @Override
        public void abandon(Throwable why) {
        }
    }
}
