package io.quarkiverse.llm.runtime.provider;

import static org.awaitility.Awaitility.await;

import java.util.List;

import io.quarkiverse.llm.runtime.provider.ScriptedConversation.Change;
import io.quarkiverse.llm.runtime.provider.ScriptedConversation.Mishap;
import io.quarkiverse.llm.runtime.provider.ScriptedConversation.Step;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever an application does to its conversations, and a server to their connections: the model sees each time what it would
 * have seen over server-sent events, and a turn that only goes on sends only what is new. Nothing is shrunk: jqwik would go on
 * with that while the next try uses the same server.
 */
class ConversationsOverWebSocketPropertyTest {

    private static final int ENOUGH = 20;

    private static ScriptedServer server;
    private static Vertx vertx;

    @BeforeContainer
    static void start() {
        server = ScriptedServer.start();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    }

    @AfterContainer
    static void stop() {
        await("no connection stays").atMost(WireFixture.AT_MOST).until(() -> server.connections().open() == 0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Change> changes = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(Change.NONE)),
                Tuple.of(2, Arbitraries.of(Change.BRANCH)), Tuple.of(2, Arbitraries.of(Change.class)));
        Arbitrary<Mishap> mishaps = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(Mishap.NONE)),
                Tuple.of(4, Arbitraries.of(Mishap.class)));
        return Combinators.combine(changes, mishaps, answers(), Arbitraries.integers().between(0, 100)).as(Step::new).list()
                .ofMinSize(2).ofMaxSize(8);
    }

    /** Their calls get ids of their own when they are asked for. */
    private static Arbitrary<List<String>> answers() {
        return Arbitraries.of("reasoning", "text", "call", "call").list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 120, seed = "42", shrinking = ShrinkingMode.OFF)
    void the_model_sees_the_whole_conversation_and_is_sent_what_is_new(@ForAll("steps") List<Step> steps,
            @ForAll boolean stored, @ForAll boolean oneConnection) {
        server.reset();
        try (ScriptedConversation conversation = new ScriptedConversation(server, vertx, stored,
                oneConnection ? 1 : ENOUGH)) {
            steps.forEach(conversation::go);
        }
    }
}
