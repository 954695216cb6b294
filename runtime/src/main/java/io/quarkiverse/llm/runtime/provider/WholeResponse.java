package io.quarkiverse.llm.runtime.provider;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;

/** A request whose answer is of interest only as a whole. */
final class WholeResponse implements EventSource.Taker {

    private final ContextInternal context;
    private final UniEmitter<? super LlmResponse> emitter;
    private final Attempts attempts;
    private boolean begun;
    private LlmResponse response;

    WholeResponse(WireProvider provider, LlmRequest request, UniEmitter<? super LlmResponse> emitter) {
        this.context = provider.eventLoops().forCaller();
        this.emitter = emitter;
        this.attempts = new Attempts(provider, request, false, context, this);
    }

    void start() {
        emitter.onTermination(() -> onContext(attempts::cancel));
        onContext(attempts::start);
    }

    private void onContext(Runnable action) {
        if (context.isRunningOnContext()) {
            action.run();
        } else {
            context.runOnContext(there -> action.run());
        }
    }

    @Override
    public void accept(LlmEvent event) {
        if (!begun) {
            begun = true;
            attempts.answered();
        }
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            response = completed.response();
        }
    }

    @Override
    public void progressed() {
        // the last event has it all
    }

    @Override
    public void completed() {
        emitter.complete(response);
    }

    @Override
    public void failed(LlmException failure) {
        emitter.fail(failure);
    }
}
