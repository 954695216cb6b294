package io.quarkiverse.llm.gateway.runtime.websocket;

import io.quarkiverse.llm.gateway.runtime.answer.AnswerOut;
import io.vertx.core.Handler;

/** Writes the events of one answer, each in a message. */
final class FrameWriter implements AnswerOut {

    private static final String FAILED = "response.failed";

    private final FrameOut out;
    private final byte[] end;
    private final Runnable whenEnded;
    private final Runnable whenFailed;
    private long lastEvent = System.nanoTime();

    /**
     * @param end of each event, in place of the brace that it ends with
     * @param whenFailed when the client is told that the response has failed
     */
    FrameWriter(FrameOut out, byte[] end, Runnable whenEnded, Runnable whenFailed) {
        this.out = out;
        this.end = end;
        this.whenEnded = whenEnded;
        this.whenFailed = whenFailed;
    }

    @Override
    public void begin() {
        // the first event says so
    }

    @Override
    public void event(String type, byte[] json, int offset, int length) {
        lastEvent = System.nanoTime();
        if (type.equals(FAILED)) {
            whenFailed.run();
        }
        out.text(json, offset, length - 1, end);
    }

    @Override
    public void signOfLife() {
        lastEvent = System.nanoTime();
        out.ping();
    }

    /** The last event says so. */
    @Override
    public void end() {
        whenEnded.run();
    }

    /** What is on its way may be of other answers. */
    @Override
    public void discard() {
        whenEnded.run();
    }

    @Override
    public boolean isFull() {
        return out.isFull();
    }

    @Override
    public void onDrained(Handler<Void> handler) {
        out.onDrained(handler);
    }

    @Override
    public long silence() {
        return System.nanoTime() - lastEvent;
    }
}
