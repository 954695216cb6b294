package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.gateway.runtime.http.SoakModel.Deed;
import io.quarkiverse.llm.scripted.Outcome;
import io.vertx.core.json.JsonObject;

/** What clients of a soak do that the gateway has to bear. */
record RudeClient(GatewayServer server, SoakModel model, SoakClient asker, Random random) {

    private static final List<Deed> LONG = List.of(Deed.ANSWER, Deed.TALK, Deed.PAUSE, Deed.STALL, Deed.TALK_FOR_EVER);
    private static final List<String> GARBAGE = List.of(
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
            "GET\r\n\r\n",
            "POST /v1/responses HTTP/9.9\r\n\r\n",
            "POST /v1/responses HTTP/1.1\r\ncontent-length: -5\r\n\r\n{}",
            "POST /v1/responses HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nthis is no frame of HTTP/2 at all, nor anything like it");

    /** Leaves at any moment, with or without a word. */
    void disconnect() {
        Deed deed = LONG.get(random.nextInt(LONG.size()));
        boolean chat = random.nextInt(3) == 0;
        boolean streamed = deed == Deed.TALK_FOR_EVER || random.nextInt(4) > 0;
        JsonObject request = (chat ? asker.chat(asker.mark(), deed) : asker.response(asker.mark(), deed)).put("stream",
                streamed);
        request.remove("stream_options");
        byte[] body = RawClient.utf8(request.encode());
        String head = head(chat ? "/v1/chat/completions" : "/v1/responses", body.length);
        RawClient client = RawClient.of(server);
        try {
            int when = random.nextInt(6);
            if (when == 0) {
                client.send(head.substring(0, 1 + random.nextInt(head.length() - 1)));
                return;
            } else if (when == 1) {
                client.send(head).send(new String(body, StandardCharsets.UTF_8).substring(0, random.nextInt(body.length)));
                return;
            }
            client.send(head).send(body);
            if (when == 2 || !streamed) {
                return;
            }
            client.head();
            for (int chunks = random.nextInt(4); chunks > 0 && !client.chunk().isEmpty();) {
                chunks--;
            }
        } finally {
            if (random.nextBoolean()) {
                client.reset();
            } else {
                client.close();
            }
        }
    }

    /** Says that it will send what nobody takes, and sends some of it. */
    void tooMuch() {
        try (RawClient client = RawClient.of(server)) {
            client.send(head("/v1/responses", SoakTest.MOST_BODY + 1))
                    .send("{\"input\":\"" + "x".repeat(random.nextInt(100_000)));
            RawClient.Head answer = client.head();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.headers()).containsEntry("connection", "close");
        }
    }

    /** Sends a part of its body and waits. */
    void neverEnding() {
        try (RawClient client = RawClient.of(server)) {
            client.send(head("/v1/responses", 10_000)).send("{\"input\":\"" + "x".repeat(random.nextInt(9_000)));
            assertThat(client.head().status()).isEqualTo(408);
        }
    }

    /** Does not speak HTTP. */
    void garbage() {
        try (RawClient client = RawClient.of(server)) {
            client.send(GARBAGE.get(random.nextInt(GARBAGE.size())).getBytes(StandardCharsets.ISO_8859_1));
            client.awaitClosed();
        }
    }

    /** Asks for an answer without an end and does not read. */
    void stuck() throws Exception {
        String mark = asker.mark();
        try (RawClient client = new RawClient(server.root(), 4 * 1024)) {
            client.ask(asker.response(mark, Deed.TALK_FOR_EVER).put("stream", true));
            assertThat(model.endless(mark).get(60, TimeUnit.SECONDS).outcome().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(Outcome.CLIENT_CLOSED);
        }
    }

    private static String head(String path, long length) {
        return "POST " + path + " HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: " + length
                + "\r\n\r\n";
    }
}
