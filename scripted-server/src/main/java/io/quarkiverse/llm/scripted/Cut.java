package io.quarkiverse.llm.scripted;

import java.util.Locale;
import java.util.function.Consumer;

/** The answer does not reach its end: what happens instead, and after how much of it. */
record Cut(Ending ending, Unit unit, long count) implements Fault {

    enum Unit {
        HEAD,
        EVENTS,
        BYTES
    }

    Cut {
        if (count < 0) {
            throw new IllegalArgumentException("Nothing can end after " + count + " " + unit.name().toLowerCase(Locale.ROOT)
                    + ": count from 0");
        }
    }

    Stage stage() {
        return stage(new Piece.Stop(ending));
    }

    /** The stage that cuts there and puts this in place of the rest. */
    Stage stage(Piece last) {
        return new Stage() {
            private long left = count;

            @Override
            public void accept(Piece piece, Consumer<Piece> out) {
                if (left <= 0) {
                    out.accept(last);
                } else if (piece instanceof Piece.Data data && unit == Unit.BYTES && data.bytes().length() >= left) {
                    boolean whole = data.bytes().length() == left;
                    out.accept(new Piece.Data(data.bytes().getBuffer(0, (int) left), data.event() && whole));
                    left = 0;
                    out.accept(last);
                } else {
                    out.accept(piece);
                    left -= weight(piece);
                }
            }

            @Override
            public void end(Consumer<Piece> out) {
                if (left <= 0) {
                    out.accept(last);
                }
            }
        };
    }

    private long weight(Piece piece) {
        if (!(piece instanceof Piece.Data data)) {
            return 0;
        }
        if (unit == Unit.BYTES) {
            return data.bytes().length();
        }
        return data.event() ? 1 : 0;
    }

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        String end = ending.name().toLowerCase(Locale.ROOT);
        return unit == Unit.HEAD ? end + "-before-head" : end + "-after-" + unit.name().toLowerCase(Locale.ROOT) + ":" + count;
    }
}
