package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.vertx.core.Future;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplacedExchangeTest {

    private static final LlmTransportException GONE = new LlmTransportException("gone", LlmErrorDetails.of("test"), null);

    private final TransportFixture fixture = new TransportFixture();
    private final ProviderSettings settings = fixture.settings().concurrency(1, 1).build();
    private final HttpTransport transport = fixture.transport(settings);
    private final RecordingListener first = new RecordingListener();
    private final RecordingListener second = new RecordingListener();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Exchange openStalled() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        Exchange exchange = fixture.open(transport, fixture.stream(settings), first);
        await().atMost(AT_MOST).until(() -> fixture.server.requests().size() == 1);
        return exchange;
    }

    private void replace(Exchange exchange) {
        fixture.onLoop(() -> exchange.replace(GONE, fixture.stream(settings), second));
    }

    @Test
    void theOldOneIsClosedAndSaysNothingMore() {
        Exchange exchange = openStalled();
        fixture.server.enqueue(Answer.text("b"));
        replace(exchange);
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(second.awaitEnd()).contains("end");
        assertThat(first.calls).isEmpty();
    }

    @Test
    void theNewOneGoesBeforeThoseThatWaitForRoom() {
        Exchange exchange = openStalled();
        RecordingListener waiting = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), waiting);
        fixture.server.enqueue(Answer.text("b").with(Fault.stallAfterEvents(1)));
        replace(exchange);
        second.awaitCall("head");
        assertThat(waiting.calls).isEmpty();
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void itsRoomIsGivenBackOnce() {
        Exchange exchange = openStalled();
        fixture.server.respond(request -> Answer.text("b"));
        replace(exchange);
        second.awaitEnd();
        for (int i = 0; i < 3; i++) {
            RecordingListener later = new RecordingListener();
            fixture.open(transport, fixture.stream(settings), later);
            assertThat(later.awaitEnd()).contains("end");
        }
    }

    @Test
    void aTransportThatTakesNoMoreFinishesIt() {
        Exchange exchange = openStalled();
        fixture.server.respond(request -> Answer.text("b"));
        Future<Void> closed = transport.close();
        replace(exchange);
        assertThat(second.awaitEnd()).contains("end");
        await().atMost(AT_MOST).until(closed::succeeded);
        RecordingListener later = new RecordingListener();
        fixture.open(transport, fixture.stream(settings), later);
        later.awaitFailure(LlmTransportException.class);
    }

    @Test
    void oneThatHasEndedLeavesTheNewOneToFindRoom() {
        fixture.server.respond(request -> Answer.text("b"));
        Exchange exchange = fixture.open(transport, fixture.stream(settings), first);
        first.awaitEnd();
        replace(exchange);
        assertThat(second.awaitEnd()).contains("end");
    }

    @Test
    void oneWhoseAnswerTurnsOutToBeUselessAtItsEndGivesItsRoomToTheNewOne() {
        fixture.server.enqueue(Answer.text("a"), Answer.text("b"), Answer.text("c"));
        RecordingListener waiting = new RecordingListener();
        AtomicReference<Exchange> exchange = new AtomicReference<>();
        fixture.onLoop(() -> {
            exchange.set(transport.open(fixture.context, fixture.stream(settings), new RecordingListener() {
                @Override
                public void end() {
                    exchange.get().replace(GONE, fixture.stream(settings), second);
                }
            }));
            transport.open(fixture.context, fixture.stream(settings), waiting);
        });
        assertThat(second.awaitEnd()).contains("end").anyMatch(call -> call.contains("\"b\""));
        assertThat(waiting.awaitEnd()).contains("end").anyMatch(call -> call.contains("\"c\""));
    }

    @Test
    void oneThatIsReleasedAtItsEndHasGivenItsRoomBack() {
        fixture.server.respond(request -> Answer.text("a"));
        AtomicReference<Exchange> exchange = new AtomicReference<>();
        HttpTransport noQueue = fixture.transport(fixture.settings().concurrency(1, 0).build());
        fixture.onLoop(() -> exchange.set(noQueue.open(fixture.context, fixture.stream(settings), new RecordingListener() {
            @Override
            public void end() {
                exchange.get().release();
                noQueue.open(fixture.context, fixture.stream(settings), second);
            }
        })));
        assertThat(second.awaitEnd()).contains("end");
    }

    @Test
    void oneThatWaitsForRoomGivesItsPlaceUp() {
        openStalled();
        RecordingListener waiting = new RecordingListener();
        Exchange queued = fixture.open(transport, fixture.stream(settings), waiting);
        replace(queued);
        assertThat(waiting.calls).isEmpty();
        assertThat(second.calls).isEmpty();
        assertThat(fixture.server.requests()).hasSize(1);
    }

    @Test
    void itsTotalLimitIsWhatTheFirstHasLeft() {
        ProviderSettings limited = fixture.settings().total(Duration.ofHours(1)).build();
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        fixture.open(fixture.transport(limited), fixture.stream(limited).after(Duration.ofHours(1).minusMillis(200)), second);
        LlmTimeoutException failure = second.awaitFailure(LlmTimeoutException.class);
        assertThat(failure.limit()).isEqualTo(LlmTimeoutException.Limit.TOTAL);
        assertThat(failure).hasMessageContaining("within 3600 s");

    }
}
