package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.netty.util.concurrent.EventExecutor;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.vertx.core.impl.VertxInternal;

/** In which order requests go to the workers. */
class RemoteOrderTest {

    @Test
    void requestsOfOneKeyAreSentAsTheyWereSubscribedToAlsoWhileAnEventLoopIsBusy() throws Exception {
        isSentInItsOrder(LlmRequest.builder().orderingKey("conversation"));
    }

    @Test
    void requestsOfOneConversationAreSentAsTheyWereSubscribedToAlsoWhileAnEventLoopIsBusy() throws Exception {
        isSentInItsOrder(LlmRequest.builder().conversation("conv_1"));
    }

    private static void isSentInItsOrder(LlmRequest.Builder turn) throws Exception {
        Pool pool = new Pool();
        List<EventExecutor> eventLoops = new ArrayList<>();
        ((VertxInternal) Pool.VERTX).getEventLoopGroup().forEach(eventLoops::add);
        EventExecutor busy = eventLoops.remove(0);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        List<LlmRequest> turns = new ArrayList<>();
        busy.execute(goOn::join);
        try {
            // several for each event loop
            for (int i = 0; i < 40; i++) {
                turns.add(turn.user("turn " + i).build());
                pool.provider.stream(turns.get(i)).subscribe(new Listener());
            }
            for (EventExecutor idle : eventLoops) {
                idle.submit(() -> {
                }).get(10, TimeUnit.SECONDS);
            }
        } finally {
            // it is that of other tests, too
            goOn.complete(null);
        }
        await().atMost(Pool.patience()).until(() -> pool.requests.size() == turns.size());
        assertThat(pool.requests).extracting(LlmMessage.Request::request).isEqualTo(turns);
    }
}
