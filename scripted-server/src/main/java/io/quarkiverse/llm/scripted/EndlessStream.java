package io.quarkiverse.llm.scripted;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.IntFunction;

import io.vertx.core.json.JsonObject;

/** A beginning and then the same text delta for ever, as often as somebody asks. */
final class EndlessStream implements Iterator<Piece> {

    private final EventWriter writer;
    private final Queue<JsonObject> beginning;
    private final IntFunction<JsonObject> delta;
    private int number;

    private EndlessStream(EventWriter writer, List<JsonObject> beginning, IntFunction<JsonObject> delta) {
        this.writer = writer;
        this.beginning = new ArrayDeque<>(beginning);
        this.delta = delta;
    }

    static EndlessStream of(ChatStream stream, String text, EventWriter writer) {
        JsonObject delta = stream.delta(Step.Channel.CONTENT, text);
        return new EndlessStream(writer, List.of(stream.role(true)), number -> delta);
    }

    /** @param oneDelta a stream of one such delta */
    static EndlessStream of(ResponsesStream oneDelta, EventWriter writer) {
        List<JsonObject> events = oneDelta.events();
        int at = 0;
        while (!EventEdits.isDelta(events.get(at))) {
            at++;
        }
        JsonObject delta = events.get(at);
        return new EndlessStream(writer, events.subList(0, at), number -> delta.put(ResponsesStream.NUMBER, number));
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Piece next() {
        int current = number++;
        return writer.event(beginning.isEmpty() ? delta.apply(current) : beginning.remove(), false);
    }
}
