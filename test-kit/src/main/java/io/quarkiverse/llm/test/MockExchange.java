package io.quarkiverse.llm.test;

import java.time.Duration;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTimeoutException.Limit;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.transport.AnswerReader;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.scripted.Ending;
import io.quarkiverse.llm.scripted.Piece;
import io.quarkiverse.llm.scripted.Reply;
import io.vertx.core.Context;

/** Plays a reply to a listener, piece by piece as long as it is not paused. Everything happens on the context. */
final class MockExchange implements Exchange, AnswerReader.Sink {

    /** Lets the event loop do other things while an endless answer is read, above all cancel it. */
    private static final int PIECES_IN_A_TURN = 64;
    private static final long NO_TIMER = -1;

    private final Context context;
    private final ProviderSettings settings;
    private final OutgoingRequest request;
    private final Reply reply;
    private final ExchangeListener listener;
    private final AnswerReader reader;
    private long totalTimer = NO_TIMER;
    private long received;
    private boolean begun;
    private boolean paused;
    private boolean playing;
    private boolean waiting;
    private boolean endExpected;
    private boolean over;

    MockExchange(Context context, ProviderSettings settings, OutgoingRequest request, Reply reply, ExchangeListener listener) {
        this.context = context;
        this.settings = settings;
        this.request = request;
        this.reply = reply;
        this.listener = listener;
        boolean events = request.stream() || reply.headers().getOrDefault("content-type", "").contains("text/event-stream");
        this.reader = new AnswerReader(events && reply.status() / 100 == 2, settings.sizeLimits().maxEventSize(), this);
    }

    void start() {
        request.limits().total().ifPresent(total -> totalTimer = context.owner().setTimer(Math.max(1, total.toMillis()),
                elapsed -> fail(timeout(Limit.TOTAL, total))));
        context.runOnContext(later -> guarded(this::begin));
    }

    private void begin() {
        if (reply.early().isPresent()) {
            stop(reply.early().get());
        } else if (!over) {
            listener.head(reply.status(), reply.headers());
            play();
        }
    }

    private void play() {
        if (playing || waiting) {
            return;
        }
        playing = true;
        guarded(this::playOn);
        playing = false;
    }

    private void playOn() {
        for (int i = 0; !over && !paused; i++) {
            if (i == PIECES_IN_A_TURN) {
                context.runOnContext(turn -> play());
                return;
            } else if (!reply.pieces().hasNext()) {
                stop(Ending.END);
                return;
            }
            Piece piece = reply.pieces().next();
            if (piece instanceof Piece.Data data) {
                read(data.bytes().getBytes());
            } else if (piece instanceof Piece.Stop stop) {
                stop(stop.ending());
            } else if (piece instanceof Piece.Hold hold) {
                waiting = true;
                hold.released().whenComplete((released, failure) -> context.runOnContext(turn -> goOn()));
                return;
            } else {
                waiting = true;
                Duration pause = ((Piece.Wait) piece).duration();
                context.owner().setTimer(Math.max(1, pause.toMillis()), elapsed -> goOn());
                return;
            }
        }
    }

    private void read(byte[] bytes) {
        received += bytes.length;
        if (received > settings.sizeLimits().maxResponseSize()) {
            fail(new LlmLimitException(subject() + "the scripted answer has more than "
                    + settings.sizeLimits().maxResponseSize() + " bytes", "max-response-size",
                    LlmErrorDetails.of(settings.name())));
        } else {
            reader.read(bytes, 0, bytes.length);
        }
    }

    private void goOn() {
        waiting = false;
        play();
    }

    private void stop(Ending ending) {
        if (ending == Ending.END || ending == Ending.STALL && endExpected) {
            reader.end();
            if (!over) {
                close();
                listener.end();
            }
        } else if (ending == Ending.STALL) {
            fail(silence());
        } else {
            fail(new LlmTransportException(subject() + "the connection broke "
                    + (reply.early().isPresent() ? "before an answer came" : "before the answer was complete")
                    + ", as the scripted answer says", LlmErrorDetails.of(settings.name()), null));
        }
    }

    private LlmTimeoutException silence() {
        if (!request.stream()) {
            return timeout(Limit.TOTAL, request.limits().total().orElse(Duration.ZERO));
        }
        return begun ? timeout(Limit.IDLE, request.limits().idle()) : timeout(Limit.FIRST_EVENT, request.limits().firstEvent());
    }

    private LlmTimeoutException timeout(Limit limit, Duration duration) {
        return new LlmTimeoutException(subject() + "the scripted answer does not go on within the "
                + new SettingKey(settings.name(), limit.key()) + " of " + duration, limit, duration,
                LlmErrorDetails.of(settings.name()));
    }

    private String subject() {
        return SettingKey.subject(settings.name()) + ": ";
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (LlmException e) {
            fail(e);
        } catch (Throwable t) {
            fail(new LlmException(subject() + "the scripted answer cannot be played: " + t,
                    LlmErrorDetails.of(settings.name()), t));
        }
    }

    private void fail(LlmException failure) {
        if (!over) {
            close();
            listener.failed(failure);
        }
    }

    private void close() {
        over = true;
        context.owner().cancelTimer(totalTimer);
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        if (!over) {
            begun = true;
            listener.event(name, data, offset, length);
        }
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        if (!over) {
            listener.body(data, offset, length);
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        context.runOnContext(turn -> play());
    }

    @Override
    public void expectEnd(boolean expected) {
        endExpected = expected;
    }

    @Override
    public void release() {
        close();
    }

    @Override
    public void cancel() {
        close();
    }

    @Override
    public Exchange replace(Throwable why, OutgoingRequest request, ExchangeListener listener) {
        throw new UnsupportedOperationException("a mock plays one answer");
    }
}
