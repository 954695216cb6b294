package io.quarkiverse.llm.benchmarks.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One candidate's turn.
 *
 * @param cpu microseconds of the gateway for each delta, within a part of the run in which no stream has its beginning only
 * @param compiler share of the JIT compiler in the gateway's whole CPU time, in percent
 * @param rate deltas a second
 * @param core percent of its core that the gateway used
 * @param rest percent of its core that the server and the client used: near 100 they are what is measured
 */
record Round(double cpu, double compiler, double rate, double core, double rest, StreamResult streams) {

    static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return figure.applyAsDouble(
                rounds.stream().sorted(Comparator.comparingDouble(figure)).toList().get(rounds.size() / 2));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT,
                "%.2f us a delta, compiler %.1f %%, %.0f deltas/s, core %.0f %%, server and client %.0f %%, streams %d whole "
                        + "%d failed, first delta %.0f us, latency %.2f / %.2f ms",
                cpu, compiler, rate, core, rest, streams.whole(), streams.failed(), streams.first50(), streams.latency50(),
                streams.latency99());
    }
}
