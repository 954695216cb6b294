package io.quarkiverse.llm.gateway.runtime.answer;

import io.quarkiverse.llm.runtime.wire.WireEventSink;
import io.vertx.core.Handler;

/**
 * Where the events of one answer go. What comes within one turn of the event loop may go out together, and in order.
 * Used on the event loop of its exchange alone.
 */
public interface AnswerOut extends WireEventSink {

    /** The answer comes in events: said once, before the first. */
    void begin();

    /** What no client takes for an event, and proxies for life. */
    void signOfLife();

    /** All events are there. */
    void end();

    /** What has not gone out yet is of no use any more. */
    void discard();

    /** Whether the client reads more slowly than events come. */
    boolean isFull();

    /** Once, when it is no longer full. */
    void onDrained(Handler<Void> handler);

    /** How long the client has got nothing, in nanoseconds. */
    long silence();
}
