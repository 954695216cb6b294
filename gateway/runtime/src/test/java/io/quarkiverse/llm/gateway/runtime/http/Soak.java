package io.quarkiverse.llm.gateway.runtime.http;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Clients that do at random what clients do, each in a thread of its own. */
final class Soak {

    /** What a client does next, and how often in a thousand times. */
    private enum Doing {
        RESPONSE(300, SoakClient::responsesTurn),
        CHAT(220, SoakClient::chatTurn),
        /** Of three requests, on the average. */
        CONVERSATION(130, SoakClient::conversation),
        FAILING_PROVIDER(100, SoakClient::failingProvider),
        BAD_REQUEST(50, SoakClient::badRequest),
        UNKNOWN_MODEL(15, SoakClient::unknownModel),
        UNKNOWN_RESPONSE(15, SoakClient::unknownResponse),
        SLOW_READER(15, SoakClient::slowReader),
        DISCONNECT(118, RudeClient::disconnect),
        TOO_MUCH(15, RudeClient::tooMuch),
        GARBAGE(15, RudeClient::garbage),
        NEVER_ENDING(4, RudeClient::neverEnding),
        STUCK(3, RudeClient::stuck);

        private final int weight;
        private final Step step;

        Doing(int weight, Polite polite) {
            this.weight = weight;
            this.step = (client, rude) -> polite.on(client);
        }

        Doing(int weight, Rude rude) {
            this.weight = weight;
            this.step = (client, other) -> rude.on(other);
        }

        static Doing any(Random random) {
            int left = random.nextInt(1_000);
            for (Doing doing : values()) {
                left -= doing.weight;
                if (left < 0) {
                    return doing;
                }
            }
            throw new IllegalStateException("The weights are not a thousand");
        }
    }

    private interface Polite {
        void on(SoakClient client) throws Exception;
    }

    private interface Rude {
        void on(RudeClient client) throws Exception;
    }

    private interface Step {
        void run(SoakClient client, RudeClient rude) throws Exception;
    }

    /** Enough to see what is wrong. */
    private static final int MOST_FAILURES = 10;

    private final GatewayServer server;
    private final SoakModel model;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<Doing, LongAdder> done = new EnumMap<>(Doing.class);
    private int numbers;

    Soak(GatewayServer server, SoakModel model) {
        this.server = server;
        this.model = model;
        for (Doing doing : Doing.values()) {
            done.put(doing, new LongAdder());
        }
    }

    /** Lets so many clients send so many requests together, and waits for all of them. */
    void run(int clients, int requests, Random random) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Random own = new Random(random.nextLong());
            SoakClient client = new SoakClient(server, numbers++, own);
            RudeClient rude = new RudeClient(server, model, client, own);
            threads.add(new Thread(() -> run(client, rude, own, requests / clients), "client-" + numbers));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void run(SoakClient client, RudeClient rude, Random random, int requests) {
        try (client) {
            for (int sent = 0; sent < requests && failures.size() < MOST_FAILURES;) {
                Doing doing = Doing.any(random);
                sent += doing == Doing.CONVERSATION ? 3 : 1;
                try {
                    doing.step.run(client, rude);
                    done.get(doing).increment();
                } catch (Throwable t) {
                    StringWriter failure = new StringWriter();
                    t.printStackTrace(new PrintWriter(failure));
                    failures.add(doing + ": " + failure);
                    client.close();
                }
            }
        }
    }

    /** What went otherwise than it should. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public String toString() {
        return done.toString();
    }
}
