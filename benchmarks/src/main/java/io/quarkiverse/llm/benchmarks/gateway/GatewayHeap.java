package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.llm.benchmarks.endtoend.Work;

/** What an open stream holds: one that waits for its next token, and one that nobody reads. */
final class GatewayHeap {

    private static final Work WAITING = new Work(false, 40, 200);
    private static final int FEW = 100;
    private static final int MANY = 1000;
    private static final Work UNREAD = new Work(false, 20_000, 0);
    private static final int UNREAD_STREAMS = 20;
    private static final double SETTLED = 4;

    private final Bench bench;

    GatewayHeap(Bench bench) {
        this.bench = bench;
    }

    private record Held(long live, long resident) {

        static Held of(Candidate candidate) throws IOException {
            return new Held(candidate.liveHeap(), candidate.resident());
        }

        String of(Held less, int streams) {
            return String.format(Locale.ROOT, "%.1f | %.1f", (live - less.live) / 1024.0 / streams,
                    (resident - less.resident) / 1024.0 / streams);
        }
    }

    void print(List<Candidate> candidates) throws IOException, InterruptedException {
        System.out.printf("%nHeld by an open stream, after a full collection; %d streams after 20 tokens, less what %d hold; "
                + "%d streams of 6.6 MB that nobody reads:%n%n", MANY, FEW, UNREAD_STREAMS);
        System.out.println(
                "| | live heap, KiB a stream | resident, KiB a stream | unread: live heap | unread: resident | failed |");
        System.out.println("|---|---|---|---|---|---|");
        for (Candidate candidate : candidates) {
            if (candidate.isMeasured()) {
                Bench.sleep(SETTLED);
                Held nothing = Held.of(candidate);
                bench.begin("unread", candidate, UNREAD, UNREAD_STREAMS, 0);
                Bench.sleep(SETTLED);
                Held unread = Held.of(candidate);
                bench.read();
                long failed = bench.result().failed();
                Held few = held(candidate, FEW);
                Held many = held(candidate, MANY);
                System.out.println("| " + candidate.name + " | " + many.of(few, MANY - FEW) + " | "
                        + unread.of(nothing, UNREAD_STREAMS) + " | " + failed + " |");
            }
        }
    }

    private Held held(Candidate candidate, int streams) throws IOException, InterruptedException {
        bench.begin("run", candidate, WAITING, streams, 0);
        Bench.sleep(SETTLED);
        Held held = Held.of(candidate);
        StreamResult result = bench.result();
        if (result.failed() > 0) {
            throw new IllegalStateException(result.failed() + " streams failed before " + candidate.name);
        }
        return held;
    }
}
