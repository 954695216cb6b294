package io.quarkiverse.llm.runtime.transport.websocket;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.WebSocketMode;

/** Requests that are sent more than once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WebSocketResendTest {

    private static final Answer ERROR = Answer.error(400, "Previous response with id 'r' not found.");

    private final SocketFixture fixture = new SocketFixture();
    private final Conversation conversation = new Conversation("a");

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Does something once, at the first event. */
    private static final class Retrying extends Taker {

        private final Consumer<Taker> retry;
        private boolean again;

        Retrying(Consumer<Taker> retry) {
            this.retry = retry;
        }

        @Override
        public void event(String name, byte[] data, int offset, int length) {
            if (again) {
                super.event(name, data, offset, length);
            } else {
                again = true;
                retry.accept(this);
            }
        }
    }

    private Taker ask(WebSocketTransport transport, Consumer<Taker> retry) {
        return fixture.ask(fixture.context, transport,
                new WebSocketRequest(SocketFixture.outgoing(transport), conversation), new Retrying(retry));
    }

    private Taker ask(Consumer<Taker> retry) {
        return ask(fixture.transport(fixture.settings()), retry);
    }

    @Test
    void theMessageIsMadeAnewForTheSameConnection() {
        fixture.server.enqueue(ERROR, Answer.text("a"));
        Taker taker = ask(first -> {
            conversation.attachment.set("gone");
            first.exchange.resend();
        });
        assertThat(taker.awaitText()).isEqualTo("a");
        assertThat(taker.calls).containsOnlyOnce("head");
        assertThat(conversation.attached).containsExactly("nothing", "gone");
        assertThat(fixture.server.requests()).hasSize(2).extracting(request -> request.connection()).containsOnly(1);
    }

    @Test
    void aConnectionThatHasReachedItsLimitIsReplaced() {
        fixture.server.webSocket(WebSocketMode.accepted().mostRequests(1)).respond(request -> Answer.text("a"));
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 0));
        fixture.ask(transport).awaitText();
        Taker taker = ask(transport, first -> first.exchange.reconnect());
        assertThat(taker.awaitText()).isEqualTo("a");
        fixture.server.webSockets().get(0).awaitClosed();
        assertThat(fixture.server.connections().opened()).isEqualTo(2);
    }

    @Test
    void anAnswerThatIsNotWholeCostsItsConnection() {
        fixture.server.enqueue(Answer.endless(), Answer.text("a"));
        assertThat(ask(first -> first.exchange.resend()).awaitText()).isEqualTo("a");
        fixture.server.webSockets().get(0).awaitClosed();
    }

    @Test
    void theTimeLimitsBeginAnew() {
        fixture.server.enqueue(ERROR, Answer.text("a").with(Fault.stallBeforeHead()));
        Taker taker = ask(fixture.transport(fixture.settings().firstEvent(Duration.ofMillis(150))),
                first -> first.exchange.resend());
        assertThat(taker.awaitFailure(LlmTimeoutException.class).limit())
                .isEqualTo(LlmTimeoutException.Limit.FIRST_EVENT);
    }

    @Test
    void aPauseHoldsForTheNextAnswer() {
        fixture.server.enqueue(ERROR, Answer.text("a"));
        Taker taker = ask(first -> {
            first.exchange.pause();
            first.exchange.resend();
        });
        await().atMost(AT_MOST).until(() -> fixture.server.requests().size() == 2);
        fixture.server.requests().get(1).awaitOutcome();
        assertThat(taker.events()).isEmpty();
        fixture.onLoop(taker.exchange::resume);
        assertThat(taker.awaitText()).isEqualTo("a");
    }

    @Test
    void aNewConnectionThatFailsFailsTheExchange() {
        fixture.server.enqueue(ERROR);
        Taker taker = ask(first -> {
            fixture.server.webSocket(WebSocketMode.refused(Answer.text("a").with(Fault.dropBeforeHead())));
            first.exchange.reconnect();
        });
        taker.awaitFailure(LlmTransportException.class);
    }

    @Test
    void aReplacedExchangeLeavesItsPlaceToTheOther() {
        fixture.server.enqueue(Answer.endless(), Answer.text("b"));
        WebSocketTransport transport = fixture.transport(fixture.settings().concurrency(1, 0));
        Taker other = new Taker();
        ask(transport, first -> other.exchange = (WebSocketExchange) first.exchange.replace(new IllegalStateException("no use"),
                SocketFixture.outgoing(transport), other));
        assertThat(other.awaitText()).isEqualTo("b");
        fixture.server.enqueue(Answer.text("c"));
        assertThat(fixture.ask(transport).awaitText()).isEqualTo("c");
    }
}
