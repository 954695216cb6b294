package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.wire.Degradation;

/** A request that nobody waits for. It has the id of the one that asked for it, and goes on when that one is over. */
final class JobExchange extends Exchange {

    private AnswerOut out;
    private Consumer<ErrorAnswer> failed;
    private boolean stopped;

    JobExchange(Exchange asked) {
        // what is known of the connection has no meaning any more when that is closed
        super(asked.context().unwrap().duplicate(), asked.report().ofJob());
        calledBy(asked.caller());
    }

    /**
     * @param to takes the answer
     * @param onFailure takes what there is in place of an answer
     */
    void goesTo(AnswerOut to, Consumer<ErrorAnswer> onFailure) {
        this.out = to;
        this.failed = onFailure;
    }

    /** Nobody wants the answer any more. */
    void stop(String outcome) {
        stopped = true;
        report().end(200, outcome);
        gone();
    }

    @Override
    protected boolean isGone() {
        return stopped;
    }

    @Override
    public AnswerOut events() {
        return out;
    }

    @Override
    public void warn(List<Degradation> degradations) {
        report().degraded(degradations);
    }

    @Override
    protected void send(int status, byte[] json) {
        throw new IllegalStateException("What is made in the background comes in events");
    }

    @Override
    protected void send(ErrorAnswer error) {
        failed.accept(error);
    }

    @Override
    public void reset() {
        // there is no connection
    }
}
