package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.netty.util.ResourceLeakDetector;
import io.quarkiverse.llm.scripted.Answer;
import io.vertx.core.json.JsonObject;

class WritesTest extends GatewayFixture {

    private static final int MOST = 16 * 1024;

    @Test
    void noWriteTearsAnEvent() {
        llm.enqueue(Answer.reasoning("Let me ", "think").thenText(words(2000)).thenToolCall("call_1", "weather", "{", "}"));

        List<String> writes = writes();

        assertThat(writes).allSatisfy(write -> assertThat(write).matches("(?s)(event|data): .*\n\n").doesNotContain("\r"));
        assertThat(String.join("", writes)).endsWith("data: [DONE]\n\n");
    }

    @Test
    void eventsOfOneTurnShareWritesThatAreNotLong() {
        // the provider's events come in few reads
        String stream = stream(words(2000));
        llm.enqueue(Answer.sse(stream));

        List<String> writes = writes();

        long events = writes.stream().mapToLong(WritesTest::events).sum();
        assertThat(events).isGreaterThan(2000);
        assertThat(writes).hasSizeLessThan((int) events / 10)
                .filteredOn(write -> events(write) > 1).allSatisfy(write -> assertThat(write).hasSizeLessThanOrEqualTo(MOST));
    }

    @Test
    void anEventThatIsLongerThanAWriteStaysWhole() {
        String text = "x".repeat(3 * MOST);
        llm.enqueue(Answer.text("a", text, "b"));

        List<String> writes = writes();

        assertThat(writes).filteredOn(write -> write.length() > MOST).isNotEmpty()
                .allSatisfy(write -> assertThat(events(write)).isEqualTo(1));
        assertThat(String.join("", writes)).contains("\"delta\":\"" + text + "\"");
    }

    @Test
    void whatTheProviderSaysGoesOutAtOnce() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.enqueue(Answer.text("first").pauseUntil(released).thenText("second"));
        try (RawClient client = raw().ask(Requests.response("Hello"))) {
            client.head();
            assertThat(client.chunkWith("first")).doesNotContain("second");
            released.complete(null);
            client.chunkWith("second");
        }
    }

    @Test
    void buffersAreGivenBack() {
        ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        try (LogLines leaks = LogLines.of(ResourceLeakDetector.class.getName(), Level.SEVERE)) {
            for (int round = 0; round < 20; round++) {
                llm.enqueue(Answer.text(words(50)));
                writes();
                llm.enqueue(Answer.endless());
                try (RawClient client = raw().ask(Requests.response("Hello"))) {
                    client.head();
                    client.chunk();
                }
                System.gc();
            }
            assertThat(leaks.lines()).isEmpty();
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
    }

    private List<String> writes() {
        try (RawClient client = raw().ask(Requests.response("Hello"))) {
            assertThat(client.head().status()).isEqualTo(200);
            return client.chunks();
        }
    }

    private static long events(String write) {
        return write.split("\n\n").length;
    }

    private static String[] words(int count) {
        return IntStream.range(0, count).mapToObj(i -> "word " + i).toArray(String[]::new);
    }

    private static String stream(String... deltas) {
        StringBuilder stream = new StringBuilder();
        for (JsonObject chunk : Answer.text(deltas).chunks()) {
            stream.append("data: ").append(chunk.encode()).append("\n\n");
        }
        return stream.append("data: [DONE]\n\n").toString();
    }
}
