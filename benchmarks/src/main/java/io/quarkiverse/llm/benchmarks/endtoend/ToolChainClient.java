package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.provider.ResponsesBounds;
import io.quarkiverse.llm.runtime.provider.Transports;
import io.quarkiverse.llm.runtime.provider.WireProvider;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.vertx.core.Vertx;

/**
 * Chains over one transport in a process of its own. Each line of its input, a number, runs so many chains at a time; its
 * output is what the measured turns of all of them cost together.
 */
public final class ToolChainClient {

    private static final long PATIENCE = 60;

    private final LlmProvider provider;
    private int begun;

    private ToolChainClient(String transport, String baseUrl) {
        ProviderSettings settings = Settings.of(Map.of("quarkus.llm.base-url", baseUrl, "quarkus.llm.wire-api", "responses",
                "quarkus.llm.transport", transport));
        Vertx vertx = Vertx.vertx();
        Transports transports = new Transports(new HttpTransport(settings, vertx, options -> {
        }), Optional.of(new WebSocketTransport(settings, vertx, new ResponsesBounds(), options -> {
        })));
        provider = new WireProvider(settings, List.of(new ResponsesCodec(settings)), transports, vertx, List::of);
    }

    /** @param arguments the value of {@code quarkus.llm.transport} and the server's port */
    public static void main(String[] arguments) throws Exception {
        // as in a Quarkus application: Netty traces each frame
        Logger.getLogger("").setLevel(Level.INFO);
        ToolChainClient client = new ToolChainClient(arguments[0], "http://127.0.0.1:" + arguments[1] + "/v1");
        BufferedReader runs = new BufferedReader(new InputStreamReader(System.in));
        for (String run = runs.readLine(); run != null; run = runs.readLine()) {
            System.out.println(client.line(Integer.parseInt(run)));
        }
        System.exit(0);
    }

    private String line(int atATime) {
        try {
            Cost cost = run(atATime);
            return "cost " + cost.cpu() + " " + cost.compiler() + " " + cost.allocated();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
            throw new AssertionError(e);
        }
    }

    private Cost run(int atATime) throws Exception {
        List<ToolChain> chains = Stream.generate(() -> new ToolChain(provider, "chain" + ++begun)).limit(atATime).toList();
        upTo(ToolChain.FIRST_MEASURED - 1, chains);
        Cost before = Cost.now();
        upTo(ToolChain.TURNS, chains);
        return Cost.now().since(before);
    }

    private static void upTo(int turn, List<ToolChain> chains) throws Exception {
        CountDownLatch underWay = new CountDownLatch(chains.size());
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (ToolChain chain : chains) {
            chain.run(turn, failed -> {
                failure.compareAndSet(null, failed);
                underWay.countDown();
            });
        }
        if (!underWay.await(PATIENCE, TimeUnit.SECONDS)) {
            throw new IllegalStateException(underWay.getCount() + " chains did not end");
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
    }
}
