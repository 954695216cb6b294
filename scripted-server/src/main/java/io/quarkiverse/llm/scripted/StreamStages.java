package io.quarkiverse.llm.scripted;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;

/** The framing faults that work on the bytes of any event stream, scripted or recorded. */
final class StreamStages {

    private static final List<String> COMMENTS = List.of(": ping\n\n", ":\n\n", ": OPENROUTER PROCESSING\n\n");

    private StreamStages() {
    }

    static List<Stage> of(Set<Framing> framing) {
        List<Stage> stages = new ArrayList<>();
        if (framing.contains(Framing.COMMENTS)) {
            stages.add(comments());
        }
        if (framing.contains(Framing.CRLF)) {
            stages.add(lineEnds("\r\n"));
        } else if (framing.contains(Framing.CR)) {
            stages.add(lineEnds("\r"));
        }
        if (framing.contains(Framing.BOM)) {
            stages.add(byteOrderMark());
        }
        return stages;
    }

    private static Stage comments() {
        return new Stage() {
            private int next;

            @Override
            public void accept(Piece piece, Consumer<Piece> out) {
                if (piece instanceof Piece.Data) {
                    out.accept(new Piece.Data(Buffer.buffer(COMMENTS.get(next++ % COMMENTS.size())), false));
                }
                out.accept(piece);
            }
        };
    }

    private static Stage lineEnds(String lineEnd) {
        return (piece, out) -> {
            if (piece instanceof Piece.Data data) {
                // Latin 1 keeps every byte as it is
                String text = data.bytes().toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n").replace("\n", lineEnd);
                out.accept(new Piece.Data(Buffer.buffer(text, "ISO-8859-1"), data.event()));
            } else {
                out.accept(piece);
            }
        };
    }

    private static Stage byteOrderMark() {
        return new Stage() {
            private boolean written;

            @Override
            public void accept(Piece piece, Consumer<Piece> out) {
                if (!written && piece instanceof Piece.Data data) {
                    written = true;
                    out.accept(new Piece.Data(Buffer.buffer("\uFEFF").appendBuffer(data.bytes()), data.event()));
                } else {
                    out.accept(piece);
                }
            }
        };
    }
}
