package io.quarkiverse.llm.scripted;

import java.util.Iterator;
import java.util.Set;

/** A role chunk and then the same text delta for ever, as often as somebody asks. */
final class EndlessStream implements Iterator<Piece> {

    private final Piece delta;
    private Piece next;

    EndlessStream(ChatStream stream, String text, Set<Framing> framing) {
        EventWriter writer = new EventWriter(framing);
        this.next = writer.chunk(stream.role(true), false);
        this.delta = writer.chunk(stream.delta(Step.Channel.CONTENT, text), false);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Piece next() {
        Piece piece = next;
        next = delta;
        return piece;
    }
}
