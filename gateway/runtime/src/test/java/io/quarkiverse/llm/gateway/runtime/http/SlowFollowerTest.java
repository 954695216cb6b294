package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonObject;

/** Clients that read the events of a response again, more slowly than they are there. */
class SlowFollowerTest extends GatewayFixture {

    private static final int SMALL = 4 * 1024;

    private JsonObject large() {
        String[] deltas = new String[20_000];
        Arrays.fill(deltas, "x".repeat(100));
        llm.enqueue(Answer.text(deltas));
        Background background = new Background(gateway());
        return background.become(background.begun(Background.request("Hi")), "completed");
    }

    @Test
    void oneThatNeverReadsIsLeft() {
        set("quarkus.llm-gateway.write-timeout", "1s");
        set("quarkus.llm-gateway.keep-alive", "200ms");
        JsonObject response = large();
        try (RawClient client = new RawClient(server().root(), SMALL).get(Background.path(response) + "?stream=true")) {
            await().until(() -> log.requests().stream().anyMatch(line -> line.contains("outcome=client-stuck")));
        }
    }

    @Test
    void oneThatStopsAndGoesGetsAll() {
        JsonObject response = large();
        try (RawClient client = new RawClient(server().root(), SMALL).get(Background.path(response) + "?stream=true")) {
            client.head();
            StringBuilder stream = new StringBuilder();
            for (String chunk = client.chunk(); !chunk.isEmpty(); chunk = client.chunk()) {
                stream.append(chunk);
            }
            CheckedStream read = CheckedStream.responses(RawClient.utf8(stream.toString()));
            assertThat(read.response()).isEqualTo(response);
            assertThat(read.text()).hasSize(2_000_000);
        }
    }
}
