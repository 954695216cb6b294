package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.gateway.runtime.http.SoakModel.Deed;
import io.quarkiverse.llm.gateway.runtime.state.JobTimes;
import io.quarkiverse.llm.gateway.runtime.store.SoakStore;
import io.quarkiverse.llm.scripted.ScriptedServer;

/**
 * Many clients at once, of which some behave and some do not. Each that behaves gets what is its own, and when all are gone
 * nothing of them is left. {@code -Dllm.soak.requests} makes it longer, {@code -Dllm.soak.seed} makes the clients do other
 * things.
 */
@Timeout(7_200)
class SoakTest {

    static final int MOST_BODY = 128 * 1024;
    private static final int BODIES = 16;
    private static final int SEATS = 64;
    private static final int CLIENTS = 200;
    private static final int REQUESTS = Integer.getInteger("llm.soak.requests", 10_000);
    /** More than one, so that those who share a provider do not share a thread. */
    private static final int EVENT_LOOPS = 3;
    private static final int WARM_UP = 1_000;
    private static final long SEED = Long.getLong("llm.soak.seed", 1);

    private static final Map<String, String> SETTINGS = Map.of(
            "quarkus.llm-gateway.max-body-size", String.valueOf(MOST_BODY),
            "quarkus.llm-gateway.max-bodies-size", String.valueOf(BODIES * MOST_BODY),
            "quarkus.llm-gateway.body-timeout", "3s",
            "quarkus.llm-gateway.write-timeout", "2s",
            "quarkus.llm-gateway.keep-alive", "500ms",
            "quarkus.llm.max-concurrent-requests", String.valueOf(SEATS),
            "quarkus.llm.keep-alive-timeout", "2s",
            "quarkus.llm.native.max-concurrent-requests", String.valueOf(SEATS),
            "quarkus.llm.native.keep-alive-timeout", "2s");

    private final LogLines log = LogLines.of("", Level.WARNING);
    private final SoakModel model = new SoakModel();
    private final SoakStore store = new SoakStore();

    @Test
    void eachGetsWhatIsItsOwnAndNothingIsLeft() throws Exception {
        Set<String> threads = Standing.threadsNow();
        try (LeakedBuffers leaks = new LeakedBuffers(log);
                ScriptedServer llm = ScriptedServer.start(model);
                GatewayServer server = GatewayServer.start(llm, SETTINGS, Map.of(), Optional.of(store.store()), JobTimes.USUAL)
                        .spread(EVENT_LOOPS - 1)) {
            Soak soak = new Soak(server, model);
            soak.run(CLIENTS, WARM_UP, new Random(~SEED));
            Standing before = atRest(server, llm);

            long begin = System.nanoTime();
            soak.run(CLIENTS, REQUESTS, new Random(SEED));
            System.out.printf("Seed %d: %s in %.1f s%n", SEED, soak, (System.nanoTime() - begin) / 1e9);

            assertThat(soak.failures()).as("seed " + SEED).isEmpty();
            atRest(server, llm);
            GatewayFixture.await().untilAsserted(() -> Standing.of(server.vertx()).assertNoMoreThan(before));
            assertAllSeatsAreFree(server, llm);
            // what clients held that were not yet known to be gone is free a moment later
            GatewayFixture.await().untilAsserted(() -> assertAllRoomIsFree(server));
            leaks.assertNone();
        } finally {
            log.close();
        }
        GatewayFixture.await().untilAsserted(() -> assertThat(Standing.threadsNow()).isSubsetOf(threads));
        // Vert.x says so itself of what begins like HTTP/2 and is not
        assertThat(log.from(Level.SEVERE)).filteredOn(line -> !line.contains("LEAK:") && !line.contains("was not SETTINGS"))
                .isEmpty();
    }

    /** Nobody is connected any more, and the time of all that was stored is over. */
    private Standing atRest(GatewayServer server, ScriptedServer llm) {
        GatewayFixture.await().untilAsserted(() -> assertThat(server.connections()).as("connections of clients").isZero());
        GatewayFixture.await()
                .untilAsserted(() -> assertThat(llm.connections().open()).as("connections to the provider").isZero());
        assertThat(store.entries()).as("entries").isPositive();
        store.expireAll();
        assertThat(store.entries()).as("entries").isZero();
        assertThat(store.bytes()).as("bytes").isZero();
        llm.reset();
        model.forget();
        return Standing.of(server.vertx());
    }

    /** As many requests as a provider takes at once are under way at once. */
    private void assertAllSeatsAreFree(GatewayServer server, ScriptedServer llm) {
        for (String name : List.of("scripted", "native/native-model")) {
            llm.reset();
            List<RawClient> clients = new ArrayList<>();
            try {
                for (int i = 0; i < SEATS; i++) {
                    clients.add(RawClient.of(server)
                            .ask(Requests.response(SoakModel.prompt("#0-0#", Deed.STALL)).put("model", name)));
                }
                GatewayFixture.await().untilAsserted(() -> assertThat(llm.requests()).as(name).hasSize(SEATS));
            } finally {
                clients.forEach(RawClient::close);
            }
        }
    }

    /** Whether a further request is refused since there is no room for it. */
    private static boolean isFull(GatewayServer server) {
        try (RawClient client = RawClient.of(server)) {
            return client.ask(Requests.response(SoakModel.prompt("#0-0#", Deed.ANSWER))).head().status() == 503;
        }
    }

    /** As much as all bodies may take together is taken at once. */
    private void assertAllRoomIsFree(GatewayServer server) {
        String head = "POST /v1/responses HTTP/1.1\r\nhost: gateway\r\ncontent-length: " + MOST_BODY + "\r\n\r\n";
        String request = Requests.response(SoakModel.prompt("#0-0#", Deed.ANSWER)).encode();
        String rest = " ".repeat(MOST_BODY - request.length() - 1);
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < BODIES; i++) {
                clients.add(RawClient.of(server).send(head).send(request).send(rest));
            }
            GatewayFixture.await().until(() -> isFull(server));
            for (RawClient client : clients) {
                RawClient.Head answer = client.send(" ").head();
                assertThat(answer.status()).as(() -> client.document(answer).encode()).isEqualTo(200);
                client.chunks();
            }
        } finally {
            clients.forEach(RawClient::close);
        }
    }
}
