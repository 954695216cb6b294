package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.EventLogReader;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.vertx.core.Handler;
import io.vertx.core.impl.ContextInternal;

/**
 * Takes the events of an answer that nobody waits for, and lets anybody follow them. The last one is shown when the answer is
 * kept. On the event loop of the answer alone.
 */
final class JobOut implements AnswerOut {

    /** What an answer has become, or that it is too large. */
    interface Listener {

        void ended();

        void tooLarge();
    }

    private final ContextInternal context;
    private final long mostBytes;
    private final EventLog log = new EventLog();
    private final Listener listener;
    private List<Runnable> waiting = new ArrayList<>();
    private RawJson resource;
    private FedEvent instead;
    private boolean waking;
    private boolean large;
    private boolean ended;
    private boolean over;

    JobOut(ContextInternal context, long mostBytes, Listener listener) {
        this.context = context;
        this.mostBytes = mostBytes;
        this.listener = listener;
    }

    EventLog log() {
        return log;
    }

    /** The response as the last event tells it that has it. */
    RawJson resource() {
        return resource;
    }

    /** Whether the last event is there, be it shown or not. */
    boolean isEnded() {
        return ended;
    }

    @Override
    public void event(String type, byte[] json, int offset, int length) {
        log.event(type, json, offset, length);
        switch (type) {
            case "response.created", "response.queued", "response.in_progress" -> resource = resource(json, offset, length);
            case "response.completed", "response.incomplete", "response.failed" -> {
                resource = resource(json, offset, length);
                ended = true;
                context.runOnContext(there -> listener.ended());
            }
            default -> checkSize();
        }
        wake();
    }

    private static RawJson resource(byte[] json, int offset, int length) {
        return JsonFields.of(new String(json, offset, length, StandardCharsets.UTF_8)).raw("response").orElseThrow();
    }

    private void checkSize() {
        if (log.bytes() > mostBytes && !large) {
            large = true;
            context.runOnContext(there -> listener.tooLarge());
        }
    }

    /** Several events of one turn of the event loop are news once. */
    private void wake() {
        if (!waking && !waiting.isEmpty()) {
            waking = true;
            context.nettyEventLoop().execute(() -> {
                waking = false;
                List<Runnable> woken = waiting;
                waiting = new ArrayList<>();
                woken.forEach(Runnable::run);
            });
        }
    }

    /** What comes next for a reader of the log; none for none now. */
    List<FedEvent> read(EventLogReader reader) {
        List<FedEvent> events = FedEvent.next(reader, ended && !over ? log.count() - 1 : log.count());
        if (instead != null && !events.isEmpty() && reader.position() == log.count()) {
            events.set(events.size() - 1, instead);
        }
        return events;
    }

    /** Once, when there may be something new. */
    void onNews(Runnable action) {
        waiting.add(action);
    }

    /** Nobody wants that action any more. */
    void forget(Runnable action) {
        waiting.remove(action);
    }

    boolean isOver() {
        return over;
    }

    /** All that there will be is shown. */
    void over() {
        over = true;
        wake();
    }

    /** As {@link #over()}, with that as the response at the end. */
    void over(RawJson other) {
        List<FedEvent> last = FedEvent.next(log.reader(log.count() - 2), Integer.MAX_VALUE);
        FedEvent told = last.get(last.size() - 1);
        instead = new FedEvent(told.type(), new String(told.json(), StandardCharsets.UTF_8)
                .replace(resource.text(), other.text()).getBytes(StandardCharsets.UTF_8));
        over();
    }

    @Override
    public void begin() {
        // whoever follows has begun on its own
    }

    @Override
    public void signOfLife() {
        // whoever follows gets signs of its own
    }

    @Override
    public void end() {
        // the last event is the end
    }

    @Override
    public void discard() {
        // what was told was told
    }

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void onDrained(Handler<Void> handler) {
        handler.handle(null);
    }

    @Override
    public long silence() {
        return 0;
    }
}
