package io.quarkiverse.llm.gateway.runtime.http;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
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
        RESPONSE(240, SoakClient::responsesTurn),
        CHAT(160, SoakClient::chatTurn),
        CONVERSATION(130, SoakClient::conversation),
        FAILING_PROVIDER(100, SoakClient::failingProvider),
        BAD_REQUEST(50, SoakClient::badRequest),
        UNKNOWN_MODEL(15, SoakClient::unknownModel),
        UNKNOWN_RESPONSE(15, SoakClient::unknownResponse),
        SLOW_READER(15, SoakClient::slowReader),
        BACKGROUND(40, ReturningClient::background),
        CANCELLED(20, ReturningClient::cancelled),
        WEB_SOCKET(60, ReturningClient::webSocket),
        DISCONNECT(118, RudeClient::disconnect),
        TOO_MUCH(15, RudeClient::tooMuch),
        GARBAGE(15, RudeClient::garbage),
        NEVER_ENDING(4, RudeClient::neverEnding),
        STUCK(3, RudeClient::stuck);

        private final int weight;
        private final Step step;

        Doing(int weight, Polite polite) {
            this.weight = weight;
            this.step = (client, returning, rude) -> polite.on(client);
        }

        Doing(int weight, Returning returning) {
            this.weight = weight;
            this.step = (client, other, rude) -> returning.on(other);
        }

        Doing(int weight, Rude rude) {
            this.weight = weight;
            this.step = (client, returning, other) -> rude.on(other);
        }

        /** How many, on the average. */
        int requests() {
            return switch (this) {
                case BACKGROUND -> 6;
                case CONVERSATION -> 3;
                case CANCELLED, WEB_SOCKET -> 2;
                default -> 1;
            };
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

    private interface Returning {
        void on(ReturningClient client) throws Exception;
    }

    private interface Rude {
        void on(RudeClient client) throws Exception;
    }

    private interface Step {
        void run(SoakClient client, ReturningClient returning, RudeClient rude) throws Exception;
    }

    /** Enough to see what is wrong. */
    private static final int MOST_FAILURES = 10;

    private final GatewayServer server;
    private final SoakModel model;
    private final HttpClient http = HttpClient.newHttpClient();
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
            ReturningClient returning = new ReturningClient(server, client, http, own);
            threads.add(new Thread(() -> run(client, returning, rude, own, requests / clients), "client-" + numbers));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void run(SoakClient client, ReturningClient returning, RudeClient rude, Random random, int requests) {
        try (client) {
            for (int sent = 0; sent < requests && failures.size() < MOST_FAILURES;) {
                Doing doing = Doing.any(random);
                sent += doing.requests();
                try {
                    doing.step.run(client, returning, rude);
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
