package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Chains of tool turns over server-sent events and over WebSockets, in turn, against one server. Prints tables. */
public final class ToolChains {

    private static final int WARM_UP = Integer.getInteger("benchmark.warm-up-chains", 640);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);
    private static final int CHAINS = Integer.getInteger("benchmark.chains", 120);
    static final int AT_A_TIME = Integer.getInteger("benchmark.at-a-time", 8);
    private static final int TURNS = ToolChain.TURNS - ToolChain.FIRST_MEASURED + 1;

    private final JavaProcess server;
    private final JavaProcess client;
    private final String transport;
    private final List<double[]> rounds = new ArrayList<>();
    /** Of each turn's request. */
    private long[] bytes;

    private ToolChains(JavaProcess server, String port, String transport) throws IOException {
        this.server = server;
        this.transport = transport;
        this.client = new JavaProcess(JavaProcess.CLIENT_CORE, ToolChainClient.class, transport, port);
    }

    public static void main(String[] arguments) throws IOException {
        try (JavaProcess server = new JavaProcess(JavaProcess.SERVER_CORE, ToolChainServer.class)) {
            String port = server.await("port ").substring("port ".length());
            List<ToolChains> both = List.of(new ToolChains(server, port, "sse"), new ToolChains(server, port, "websocket"));
            try {
                for (ToolChains transport : both) {
                    transport.log("warm-up", transport.run(WARM_UP));
                }
                for (int round = 1; round <= ROUNDS; round++) {
                    for (ToolChains transport : both) {
                        double[] result = transport.run(CHAINS);
                        transport.log("round " + round, result);
                        transport.rounds.add(result);
                    }
                }
            } finally {
                both.forEach(transport -> transport.client.close());
            }
            print(both.get(0), both.get(1));
        }
    }

    /** @return microseconds of CPU, microseconds of the JIT compiler and bytes allocated, for each measured turn */
    private double[] run(int chains) throws IOException {
        double[] sum = new double[3];
        int done = 0;
        for (; done < chains; done += AT_A_TIME) {
            client.send(String.valueOf(AT_A_TIME));
            String[] cost = client.await("cost ").split(" ");
            for (int i = 0; i < sum.length; i++) {
                sum[i] += Double.parseDouble(cost[i + 1]);
            }
            server.send("bytes");
            bytes = Stream.of(server.await("bytes ").split(" ")).skip(1).mapToLong(Long::parseLong).toArray();
        }
        double turns = (double) done * TURNS;
        return new double[] { sum[0] / 1000 / turns, sum[1] / 1000 / turns, sum[2] / turns };
    }

    private void log(String what, double[] result) {
        System.err.printf(Locale.ROOT, "%s %s: %.0f us, compiler %.0f us, %.0f bytes%n", what, transport, result[0], result[1],
                result[2]);
    }

    private static void print(ToolChains sse, ToolChains webSocket) {
        System.out.printf("JDK %s, turns %d to %d, %d chains at a time, %d for each round, medians of %d rounds:%n%n",
                System.getProperty("java.version"), ToolChain.FIRST_MEASURED, ToolChain.TURNS, AT_A_TIME, CHAINS, ROUNDS);
        System.out.println("| transport | us of CPU per turn | of that of SSE | bytes allocated per turn |");
        System.out.println("|---|---|---|---|");
        for (ToolChains transport : List.of(sse, webSocket)) {
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.2f | %.0f |%n", transport.transport, transport.median(0),
                    transport.median(0) / sse.median(0), transport.median(2));
        }
        System.out.printf("%n| request bytes of turn | sse | websocket |%n|---|---|---|%n");
        for (int turn : new int[] { 1, 2, 10, 20, 30 }) {
            System.out.printf(Locale.ROOT, "| %d | %,d | %,d |%n", turn, sse.bytes[turn - 1], webSocket.bytes[turn - 1]);
        }
        System.out.printf(Locale.ROOT, "| the whole chain | %,d | %,d |%n", Arrays.stream(sse.bytes).sum(),
                Arrays.stream(webSocket.bytes).sum());
    }

    private double median(int figure) {
        double[] sorted = rounds.stream().flatMapToDouble(round -> DoubleStream.of(round[figure])).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
