package io.quarkiverse.llm.scripted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import io.vertx.core.buffer.Buffer;

/** Compresses a body, flushed after each write so that an event does not wait for the next one. */
final class Gzip implements Stage {

    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    Gzip() {
        try {
            gzip = new GZIPOutputStream(compressed, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void accept(Piece piece, Consumer<Piece> out) {
        if (piece instanceof Piece.Data data) {
            try {
                gzip.write(data.bytes().getBytes());
                gzip.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.accept(new Piece.Data(taken(), data.event()));
        } else {
            out.accept(piece);
        }
    }

    @Override
    public void end(Consumer<Piece> out) {
        try {
            gzip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.accept(new Piece.Data(taken(), false));
    }

    private Buffer taken() {
        Buffer bytes = Buffer.buffer(compressed.toByteArray());
        compressed.reset();
        return bytes;
    }
}
