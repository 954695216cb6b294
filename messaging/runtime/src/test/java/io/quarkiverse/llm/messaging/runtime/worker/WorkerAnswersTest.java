package io.quarkiverse.llm.messaging.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;

/** A worker turns requests into events and responses. */
class WorkerAnswersTest {

    private final WorkerFixture fixture = new WorkerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void eventsAreCountedFromZeroAndTheLastIsTheWholeAnswer() {
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).text("Hello").answer(" world");
        fixture.awaitAcknowledged(request);
        List<LlmMessage> events = fixture.events.of("a");
        assertThat(events).extracting(event -> event.headers().sequence()).containsExactly(0L, 1L, 2L);
        assertThat(((LlmMessage.Event) events.get(2)).event()).isInstanceOf(LlmEvent.ResponseCompleted.class);
        assertThat(fixture.responses.all(LlmMessage.Response.class)).hasSize(1);
    }

    @Test
    void allMessagesOfAnAttemptNameTheRequestTheAttemptAndTheWorker() {
        WorkerFixture.Sent request = fixture.send(MessageHeaders.of("a").withConversation("c").withReplyTo("there"));
        fixture.provider.call(0).answer("x");
        fixture.awaitAcknowledged(request);
        assertThat(fixture.events.all()).allSatisfy(event -> {
            assertThat(event.headers().conversation()).contains("c");
            assertThat(event.headers().replyTo()).contains("there");
            assertThat(event.headers().attempt()).isEqualTo(1);
            assertThat(event.headers().worker().orElseThrow()).startsWith("pool@");
        });
        assertThat(fixture.responses.all()).extracting(response -> response.headers().worker())
                .containsExactly(fixture.events.all().get(0).headers().worker());
    }

    @Test
    void aRequestIsAcknowledgedWhenItsLastMessagesAreWritten() {
        fixture.events.hold();
        fixture.responses.hold();
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        await().until(() -> fixture.events.held() == 2);
        fixture.events.letGo();
        await().until(() -> fixture.responses.held() == 1);
        fixture.settle();
        assertThat(request.isConcluded()).isFalse();
        fixture.responses.letGo();
        fixture.awaitAcknowledged(request);
    }

    @Test
    void aRequestWhoseLastMessagesCannotBeWrittenIsRefused() {
        IllegalStateException lost = new IllegalStateException("the broker is lost");
        fixture.responses.refuse(message -> Optional.of(lost));
        WorkerFixture.Sent request = fixture.send("a");
        fixture.provider.call(0).answer("x");
        await().until(() -> request.refused != null);
        assertThat(request.refused).isSameAs(lost);
        assertThat(request.acknowledged).isFalse();
    }

    @Test
    void streamsLiveOnEventLoopContextsOfTheirOwn() {
        fixture.send("a");
        fixture.send("b");
        Context one = fixture.provider.call(0).context;
        Context other = fixture.provider.call(1).context;
        assertThat(one).isNotSameAs(other);
        assertThat(one.isEventLoopContext()).isTrue();
        assertThat(((ContextInternal) one).isDuplicate()).isTrue();
        assertThat(((ContextInternal) one).nettyEventLoop()).isNotSameAs(((ContextInternal) other).nettyEventLoop());
    }
}
