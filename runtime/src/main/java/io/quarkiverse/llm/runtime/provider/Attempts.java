package io.quarkiverse.llm.runtime.provider;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.runtime.provider.WireFindings.Finding;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.vertx.core.Context;

/**
 * The attempts at one request. While nothing of an answer was handed on, its failure may lead to another attempt, of which
 * nobody outside sees more than that it took longer: now in the other wire API, when the server seems not to have the first.
 * The total limit is one for all. To be used on one context.
 */
final class Attempts implements EventSource {

    /**
     * A failure over a WebSocket.
     *
     * @param at when that was, of {@link System#nanoTime}
     */
    private record Detour(LlmException failure, WebSocketFailure about, long at) {
    }

    private final WireProvider provider;
    private final LlmRequest request;
    private final boolean stream;
    private final ProviderFailures failures;
    private final Context context;
    private final Taker taker;
    private final long begun = System.nanoTime();

    private Attempt current;
    private boolean answered;
    private boolean underWay;
    private boolean over;
    /** Why there is a second attempt; {@code null} when there is none. */
    private LlmException firstFailure;
    private Finding suspicion;
    /** Why the request goes over HTTP, though not at first; {@code null} when it does not. */
    private Detour detour;

    /**
     * @param stream whether the answer shall come in events
     */
    Attempts(WireProvider provider, LlmRequest request, boolean stream, Context context, Taker taker) {
        this.provider = provider;
        this.request = request;
        this.stream = stream;
        this.failures = provider.failures().of(request);
        this.context = context;
        this.taker = taker;
    }

    @Override
    public void start() {
        if (over) {
            return;
        }
        try {
            provider.begin();
            underWay = true;
            WireCodec codec = provider.choice().first(request);
            Optional<ResponsesCodec> overWebSocket = provider.transportChoice().webSocket(codec, request);
            current = attempt(codec);
            if (overWebSocket.isPresent()) {
                OutgoingRequest outgoing = provider.requests().withoutBody(codec, request);
                current.open(provider.turn(overWebSocket.get(), request, outgoing, context), outgoing);
            } else {
                current.open(provider.transport(request, stream), context, provider.requests().of(codec, request, stream));
            }
        } catch (Throwable t) {
            failed(failures.preparing(t));
        }
    }

    /** Whether the path is that of the wire API, and not that of one response. */
    boolean isOfThePath() {
        return request != StoredRequests.ANY;
    }

    private Attempt attempt(WireCodec codec) {
        return new Attempt(codec.api(), () -> codec.decoder(request, this::accept), failures, this);
    }

    private void accept(LlmEvent event) {
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            current.answered(completed.response());
        }
        taker.accept(event);
    }

    @Override
    public void answered() {
        answered = true;
        if (current.isOverWebSocket()) {
            provider.transportChoice().answered(begun);
        } else if (detour != null && detour.about() == WebSocketFailure.TRANSPORT && suspicion == null) {
            provider.withoutWebSocket(detour.failure(), detour.at());
        }
        if (suspicion != null) {
            provider.found(request, suspicion);
        } else {
            provider.answered(request, current.api());
        }
    }

    @Override
    public void pause() {
        current.pause();
    }

    @Override
    public void resume() {
        current.resume();
    }

    @Override
    public void release() {
        if (current != null) {
            current.release();
        }
        finish();
    }

    @Override
    public void cancel() {
        if (current != null) {
            current.cancel();
        }
        finish();
    }

    @Override
    public void abandon(Throwable why) {
        if (current != null) {
            current.abandon(why);
        }
        finish();
    }

    private void finish() {
        if (!over) {
            over = true;
            if (underWay) {
                provider.over();
            }
            if (current != null) {
                provider.repairs().ended(request, current.repairs());
            }
        }
    }

    void progressed() {
        taker.progressed();
    }

    void completed() {
        finish();
        taker.completed();
    }

    void failed(LlmException failure) {
        if (over) {
            taker.failed(failure);
        } else if (answered || current == null || !current.again(failure) && !goWithout(failure) && !tryOther(failure)) {
            LlmException told = told(failure);
            rememberSilence(failure);
            abandon(failure);
            taker.failed(told);
        }
    }

    /**
     * A WebSocket that shows no sign until the request's time is up leaves none to ask over HTTP: the next ones begin there.
     */
    private void rememberSilence(LlmException failure) {
        boolean timeIsUp = failure instanceof LlmTimeoutException timeout && timeout.limit() == LlmTimeoutException.Limit.TOTAL;
        if (timeIsUp && current != null && current.isOverWebSocket() && !current.hasBegun()
                && provider.transportChoice().mayGoWithout(WebSocketFailure.TRANSPORT)) {
            provider.withoutWebSocket(failure, System.nanoTime());
        }
    }

    /** Whether the request goes over HTTP now: it is not to blame. */
    private boolean goWithout(LlmException failure) {
        if (current == null || !current.isOverWebSocket()) {
            return false;
        }
        WebSocketFailure about = current.webSocketFailure(failure);
        if (!provider.transportChoice().mayGoWithout(about)) {
            return false;
        }
        try {
            WireCodec codec = provider.choice().first(request);
            OutgoingRequest outgoing = provider.requests().of(codec, request, stream)
                    .after(Duration.ofNanos(System.nanoTime() - begun));
            current.abandon(failure);
            current = attempt(codec);
            current.open(provider.transport(request, stream), context, outgoing);
            detour = new Detour(failure, about, System.nanoTime());
            return true;
        } catch (Throwable t) {
            failure.addSuppressed(t);
            return false;
        }
    }

    /** Whether there is another attempt. */
    private boolean tryOther(LlmException failure) {
        if (firstFailure != null || current == null) {
            return false;
        }
        try {
            Optional<String> sign = current.signOfMissing(failure);
            if (sign.isEmpty()) {
                return false;
            }
            Optional<WireCodec> other = provider.choice().insteadOf(current.api(), request);
            if (other.isEmpty()) {
                return false;
            }
            OutgoingRequest outgoing = provider.requests().of(other.get(), request, stream)
                    .after(Duration.ofNanos(System.nanoTime() - begun));
            Attempt next = attempt(other.get());
            if (current.isOverWebSocket()) {
                current.abandon(failure);
                next.open(provider.transport(request, stream), context, outgoing);
            } else {
                next.openInsteadOf(current, failure, outgoing);
            }
            suspicion = new Finding(current.api(), sign.get());
            firstFailure = failure;
            current = next;
            return true;
        } catch (Throwable t) {
            failure.addSuppressed(t);
            return false;
        }
    }

    /**
     * What the taker is told: the first failure, when the attempt in the other wire API has failed in the same way. The other
     * failures come with it.
     */
    private LlmException told(LlmException last) {
        LlmException told = last;
        if (firstFailure != null) {
            told = current.signOfMissing(last).isPresent() ? firstFailure : last;
            told.addSuppressed(told == last ? firstFailure : last);
        }
        if (detour != null) {
            told.addSuppressed(detour.failure());
        }
        try {
            if (current != null) {
                current.addPartial(told);
            }
        } catch (Throwable broken) {
            told.addSuppressed(broken);
        }
        return told;
    }
}
