package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.benchmarks.endtoend.FloodServer;
import io.quarkiverse.llm.benchmarks.endtoend.JavaProcess;
import io.quarkiverse.llm.benchmarks.endtoend.Work;

/** The server and the client that all candidates have in turn, both on core 0. */
final class Bench implements AutoCloseable {

    private final JavaProcess server;
    private final JavaProcess load;
    final int serverPort;

    Bench() throws IOException {
        server = new JavaProcess(JavaProcess.SERVER_CORE, FloodServer.class);
        load = new JavaProcess(JavaProcess.SERVER_CORE, StreamLoad.class);
        serverPort = Integer.parseInt(server.await("port ").substring("port ".length()));
    }

    private record Sample(long nanos, ProcessTime gateway, ProcessTime rest, long deltas) {
    }

    /**
     * Measures a part of a run.
     *
     * @param lead seconds of the run before it
     * @param seconds for which streams are begun again and again; paced ones once, whatever this says
     */
    Round measure(Candidate candidate, Work work, int streams, double lead, double seconds)
            throws IOException, InterruptedException {
        begin("run", candidate, work, streams, work.isPaced() ? 0 : (long) Math.ceil(lead + seconds + 0.2));
        sleep(lead);
        Sample start = sample(candidate);
        sleep(seconds);
        Sample end = sample(candidate);
        StreamResult result = result();
        double wall = end.nanos - start.nanos;
        double deltas = Math.max(1, end.deltas - start.deltas);
        ProcessTime gateway = end.gateway.since(start.gateway);
        return new Round(gateway.cpu() / 1000 / deltas,
                100.0 * gateway.compiler() / Math.max(1, gateway.cpu() + gateway.compiler()), deltas * 1e9 / wall,
                100 * gateway.cpu() / wall, 100 * end.rest.since(start.rest).cpu() / wall, result);
    }

    /** @param how {@code run}, or {@code unread} for streams that are not read until {@link #read()} */
    void begin(String how, Candidate candidate, Work work, int streams, long seconds) {
        load.send(how + " " + candidate.scan() + " " + candidate.port + " " + work.model() + " " + streams + " " + seconds);
    }

    void read() {
        load.send("read");
    }

    StreamResult result() throws IOException {
        return StreamResult.of(load.await(StreamResult.BEGINNING));
    }

    private Sample sample(Candidate candidate) throws IOException {
        ProcessTime ofServer = ProcessTime.of(server.pid());
        ProcessTime ofLoad = ProcessTime.of(load.pid());
        ProcessTime gateway = candidate.time();
        load.send("count");
        long deltas = Long.parseLong(load.await("count ").substring("count ".length()));
        return new Sample(System.nanoTime(), gateway,
                new ProcessTime(ofServer.cpu() + ofLoad.cpu(), ofServer.compiler() + ofLoad.compiler()), deltas);
    }

    static void sleep(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (1000 * seconds));
    }

    @Override
    public void close() {
        load.close();
        server.close();
    }
}
