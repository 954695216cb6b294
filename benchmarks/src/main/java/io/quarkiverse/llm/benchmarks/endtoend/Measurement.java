package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of a client showed. Goes from process to process as a line.
 *
 * @param deltas that arrived
 * @param failed streams that did not bring what they should, or are still under way
 * @param cpu microseconds for each delta
 * @param compiler share of the JIT compiler in the whole CPU time, in percent: above a few the client is not warm
 * @param allocated bytes for each delta
 * @param core share of one core, in percent, without the JIT compiler
 * @param threads most live Java threads at a time
 * @param p50 microseconds from the server's send to the callback; 0 unless paced
 */
record Measurement(long deltas, long failed, double cpu, double compiler, double allocated, double core, int threads,
        long p50, long p99) {

    String line() {
        return "result deltas=" + deltas + " failed=" + failed + " cpu=" + cpu + " compiler=" + compiler + " allocated="
                + allocated + " core=" + core + " threads=" + threads + " p50=" + p50 + " p99=" + p99;
    }

    static Measurement of(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : line.substring("result ".length()).split(" ")) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return new Measurement(Long.parseLong(fields.get("deltas")), Long.parseLong(fields.get("failed")),
                Double.parseDouble(fields.get("cpu")), Double.parseDouble(fields.get("compiler")),
                Double.parseDouble(fields.get("allocated")), Double.parseDouble(fields.get("core")),
                Integer.parseInt(fields.get("threads")), Long.parseLong(fields.get("p50")),
                Long.parseLong(fields.get("p99")));
    }
}
