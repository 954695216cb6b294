package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.vertx.core.Handler;

/** Lets the last event of an answer wait until the answer is kept. */
final class KeptAnswer implements AnswerOut {

    private static final String END = "response.";
    private final Exchange exchange;
    private final AnswerOut out;
    private final Keeping keeping;
    private final Optional<EventLog> log;
    private boolean waiting;
    private boolean ended;

    /**
     * @param log of all events, where they are kept, too
     */
    KeptAnswer(Exchange exchange, AnswerOut out, Keeping keeping, Optional<EventLog> log) {
        this.exchange = exchange;
        this.out = out;
        this.keeping = keeping;
        this.log = log;
    }

    @Override
    public void begin() {
        out.begin();
    }

    @Override
    public void event(String type, byte[] json, int offset, int length) {
        if (log.isPresent()) {
            log.get().event(type, json, offset, length);
        }
        if (isLast(type)) {
            keep(type, new String(json, offset, length, StandardCharsets.UTF_8));
        } else {
            out.event(type, json, offset, length);
        }
    }

    private static boolean isLast(String type) {
        return type.startsWith(END) && switch (type) {
            case "response.completed", "response.incomplete", "response.failed" -> true;
            default -> false;
        };
    }

    private void keep(String type, String event) {
        waiting = true;
        RawJson resource = JsonFields.of(event).raw("response").orElseThrow();
        keeping.keep(resource, log.map(EventLog::encoded)).subscribe().with(kept -> exchange.onContext(() -> {
            waiting = false;
            byte[] last = (kept == resource ? event : event.replace(resource.text(), kept.text()))
                    .getBytes(StandardCharsets.UTF_8);
            out.event(type, last, 0, last.length);
            if (ended) {
                out.end();
            }
        }));
    }

    @Override
    public void signOfLife() {
        out.signOfLife();
    }

    @Override
    public void end() {
        ended = true;
        if (!waiting) {
            out.end();
        }
    }

    @Override
    public void discard() {
        out.discard();
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
        return out.silence();
    }
}
