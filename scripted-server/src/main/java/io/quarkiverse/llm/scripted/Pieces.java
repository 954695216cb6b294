package io.quarkiverse.llm.scripted;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** Pieces pulled through stages one by one, so that an endless body costs no memory. */
final class Pieces implements Iterator<Piece> {

    private final Iterator<Piece> source;
    private final Stage stage;
    private final Deque<Piece> ready = new ArrayDeque<>();
    private boolean ended;

    private Pieces(Iterator<Piece> source, Stage stage) {
        this.source = source;
        this.stage = stage;
    }

    static Iterator<Piece> through(List<Stage> stages, Iterator<Piece> source) {
        Iterator<Piece> pieces = source;
        for (Stage stage : stages) {
            pieces = new Pieces(pieces, stage);
        }
        return pieces;
    }

    @Override
    public boolean hasNext() {
        Consumer<Piece> out = ready::add;
        while (ready.isEmpty() && !ended) {
            if (source.hasNext()) {
                stage.accept(source.next(), out);
            } else {
                ended = true;
                stage.end(out);
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Piece next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
