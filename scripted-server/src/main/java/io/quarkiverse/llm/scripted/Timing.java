package io.quarkiverse.llm.scripted;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;

/**
 * When the parts of a recorded response arrived, in milliseconds since the request was sent, and how it ended.
 *
 * @param end what {@code timing.txt} says of it
 */
record Timing(Path file, List<Arrival> arrivals, double endedAt, String end) {

    static final String FILE = "timing.txt";

    /** So many bytes of the body at that time. */
    record Arrival(double at, int bytes) {
    }

    static Timing parse(Path file, String text) {
        List<Arrival> arrivals = new ArrayList<>();
        double time = 0;
        String end = "end";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int blank = line.indexOf(' ');
            try {
                time = Double.parseDouble(line.substring(0, Math.max(blank, 0)));
                String what = line.substring(blank + 1).strip();
                if (Character.isDigit(what.charAt(0))) {
                    arrivals.add(new Arrival(time, Integer.parseInt(what)));
                } else if (!what.equals("head")) {
                    end = what;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(file + " has a line that is no time and what came then: " + line, e);
            }
        }
        return new Timing(file, List.copyOf(arrivals), time, end);
    }

    /** What follows the last byte, if that is not the end in good order. */
    Optional<Piece> stop() {
        Ending ending = ending();
        return ending == Ending.END ? Optional.empty() : Optional.of(new Piece.Stop(ending));
    }

    /** Who cancelled had not seen the end; who could not use the answer fails in what he has of it. */
    Ending ending() {
        if (end.startsWith("failed timeout") || end.equals("cancelled")) {
            return Ending.STALL;
        }
        return end.startsWith("failed") && !end.startsWith("failed answer") ? Ending.DROP : Ending.END;
    }

    /** The body cut as it arrived, each part after its wait, all of it at so many times the speed. */
    List<Piece> pieces(Path bodyFile, Buffer body, double speed) {
        List<Piece> pieces = new ArrayList<>();
        double now = 0;
        int from = 0;
        for (Arrival arrival : arrivals) {
            wait(arrival.at() - now, speed, pieces);
            now = arrival.at();
            int to = from + arrival.bytes();
            if (to > body.length()) {
                break;
            }
            pieces.add(new Piece.Data(body.getBuffer(from, to), true));
            from = to;
        }
        int told = arrivals.stream().mapToInt(Arrival::bytes).sum();
        if (told != body.length()) {
            throw new IllegalArgumentException(file + " tells of " + told + " bytes, but " + bodyFile.getFileName() + " has "
                    + body.length());
        }
        wait(endedAt - now, speed, pieces);
        stop().ifPresent(pieces::add);
        return pieces;
    }

    private static void wait(double millis, double speed, List<Piece> pieces) {
        long nanos = (long) (millis / speed * 1_000_000);
        if (nanos > 0) {
            pieces.add(new Piece.Wait(Duration.ofNanos(nanos)));
        }
    }
}
