package io.quarkiverse.llm.benchmarks.gateway;

/**
 * What a run of streams brought. Goes from process to process as a line.
 *
 * @param deltas that arrived
 * @param whole streams that brought all that they should
 * @param failed streams that did not
 * @param seconds that the run took
 * @param first50 microseconds from the request to the first delta, in the median
 * @param latency50 milliseconds from the server's send to the arrival of a paced token, in the median
 */
record StreamResult(long deltas, long whole, long failed, double seconds, double first50, double first99, double latency50,
        double latency99) {

    static final String BEGINNING = "result ";

    String line() {
        return BEGINNING + deltas + " " + whole + " " + failed + " " + seconds + " " + first50 + " " + first99 + " " + latency50
                + " " + latency99;
    }

    static StreamResult of(String line) {
        String[] fields = line.split(" ");
        return new StreamResult(Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3]),
                Double.parseDouble(fields[4]), Double.parseDouble(fields[5]), Double.parseDouble(fields[6]),
                Double.parseDouble(fields[7]), Double.parseDouble(fields[8]));
    }
}
