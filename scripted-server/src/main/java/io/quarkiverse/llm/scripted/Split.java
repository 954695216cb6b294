package io.quarkiverse.llm.scripted;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.vertx.core.buffer.Buffer;

/** Writes that do not respect event boundaries. The sizes are supplied anew for each answer that is played. */
record Split(Supplier<IntSupplier> sizes, String name) implements Fault {

    static Supplier<IntSupplier> cycle(int... sizes) {
        if (sizes.length == 0 || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("Sizes of writes are 1 byte or more: " + Arrays.toString(sizes));
        }
        int[] own = sizes.clone();
        return () -> new IntSupplier() {
            private int next;

            @Override
            public int getAsInt() {
                return own[next++ % own.length];
            }
        };
    }

    static Supplier<IntSupplier> random(long seed, int most) {
        return () -> {
            Random random = new Random(seed);
            return () -> 1 + random.nextInt(most);
        };
    }

    Stage stage() {
        IntSupplier size = sizes.get();
        return new Stage() {
            private Buffer pending = Buffer.buffer();
            private int wanted = size.getAsInt();

            @Override
            public void accept(Piece piece, Consumer<Piece> out) {
                if (piece instanceof Piece.Data data) {
                    pending.appendBuffer(data.bytes());
                    int from = 0;
                    while (pending.length() - from >= wanted) {
                        out.accept(new Piece.Data(pending.getBuffer(from, from + wanted), false));
                        from += wanted;
                        wanted = size.getAsInt();
                    }
                    pending = pending.getBuffer(from, pending.length());
                } else {
                    end(out);
                    out.accept(piece);
                }
            }

            @Override
            public void end(Consumer<Piece> out) {
                if (pending.length() > 0) {
                    out.accept(new Piece.Data(pending, false));
                    pending = Buffer.buffer();
                }
            }
        };
    }

    /** The name by which {@link Fault#named} knows it. */
    @Override
    public String toString() {
        return name;
    }
}
