package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.quarkiverse.llm.gateway.runtime.access.Caller;
import io.quarkiverse.llm.gateway.runtime.state.Window;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/** One request and whoever waits for its answer. On one event loop alone. */
public abstract class Exchange {

    /** As other servers log it, too. Nobody gets it. */
    public static final int CLIENT_LEFT = 499;
    /** In bytes of JSON. What is longer holds up all others on the event loop. */
    private static final int MOST_ON_EVENT_LOOP = 256 * 1024;
    private static final Runnable NOTHING = () -> {
    };

    private final RequestReport report;
    private final ContextInternal context;
    private Caller caller;
    private Runnable whenGone = NOTHING;

    protected Exchange(ContextInternal context, WireApi api) {
        this(context, new RequestReport(Ids.made("req"), api));
    }

    Exchange(ContextInternal context, RequestReport report) {
        this.context = context;
        this.report = report;
    }

    public final RequestReport report() {
        return report;
    }

    public final ContextInternal context() {
        return context;
    }

    final Vertx vertx() {
        return context.owner();
    }

    /** Says who asks: before anything is done for it. */
    protected final void calledBy(Caller who) {
        caller = who;
        report.calledBy(who.name());
    }

    /** Who asks. */
    public final Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("Nobody has found out who asks");
        }
        return caller;
    }

    /** To whom all belongs that is kept of it. */
    public final String owner() {
        return caller().owner();
    }

    /** Tells what remains to the caller, where there are headers. Before the answer begins. */
    protected void tell(Map<String, String> headers) {
        // most do not have any
    }

    /** The conversation up to a response, where it is remembered for as long as the connection lives. */
    protected Optional<Window> remembered(String response) {
        return Optional.empty();
    }

    /** The conversation has come to its response. Where there is no such connection it is forgotten. */
    protected void remember(String response, Window conversation) {
        // each request of the others is on its own
    }

    /** Whether answers come in events whatever the request says. */
    protected boolean isAlwaysStreamed() {
        return false;
    }

    /** Whether nobody takes the answer any more. */
    protected abstract boolean isGone();

    /**
     * Before anything is done about a request.
     *
     * @throws InvalidRequestException when what it asks cannot be had over what it came over
     */
    protected void check(ReceivedRequest received) {
        // over HTTP there is all
    }

    /** Takes the answer in events. Only one answer to an exchange. */
    public abstract AnswerOut events();

    /** Tells what could not be taken as it was. Before the answer begins. */
    public abstract void warn(List<Degradation> degradations);

    /** The answer is one JSON document. */
    protected abstract void send(int status, byte[] json);

    /** There is an error in place of an answer. */
    protected abstract void send(ErrorAnswer error);

    /** Ends the connection to a client that takes nothing. */
    public abstract void reset();

    /** The answer is one document. */
    public final void answer(byte[] json, String outcome) {
        send(200, json);
        report.end(200, outcome);
    }

    /** There is no answer. */
    public final void fail(Throwable failure) {
        ErrorAnswer error = ErrorAnswer.of(failure, report.id());
        send(error);
        report.failed(failure);
        report.end(error.status(), error.code().orElse("failed"));
    }

    /** When the client is gone before it has all of the answer; at once when it is already. Only one action at a time. */
    final void onGone(Runnable action) {
        whenGone = action;
        if (isGone()) {
            gone();
        }
    }

    /** The client is gone, or has all of its answer. */
    protected final void gone() {
        Runnable action = whenGone;
        whenGone = NOTHING;
        action.run();
    }

    /** Goes on with a result when it is there, and fails with its failure. When the client leaves, nobody waits any more. */
    public final <T> void await(Uni<T> result, Consumer<T> next) {
        AtomicBoolean settled = new AtomicBoolean();
        Cancellable waiting = result.subscribe().with(item -> onContext(() -> settle(settled, () -> next.accept(item))),
                failure -> onContext(() -> settle(settled, () -> fail(failure))));
        if (!settled.get()) {
            onGone(() -> {
                waiting.cancel();
                left(CLIENT_LEFT);
            });
        }
    }

    private void settle(AtomicBoolean settled, Runnable action) {
        settled.set(true);
        whenGone = NOTHING;
        if (isGone()) {
            left(CLIENT_LEFT);
        } else {
            attempt(action);
        }
    }

    /** Does something that takes longer the longer the body is, and goes on with what comes of it. */
    public final <T> void compute(int bytes, Callable<T> work, Consumer<T> next) {
        if (bytes <= MOST_ON_EVENT_LOOP) {
            attempt(() -> next.accept(result(work)));
        } else {
            await(Uni.createFrom().completionStage(() -> context.executeBlocking(work, false).toCompletionStage()), next);
        }
    }

    private static <T> T result(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** On the event loop, though an application's own provider may answer on any thread. */
    final void onContext(Runnable action) {
        if (context.nettyEventLoop().inEventLoop()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    /** What it throws is the answer: nobody may be left without one. */
    public final void attempt(Runnable action) {
        try {
            action.run();
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** The client is gone. */
    final void left(int status) {
        report.end(status, "client-left");
    }
}
