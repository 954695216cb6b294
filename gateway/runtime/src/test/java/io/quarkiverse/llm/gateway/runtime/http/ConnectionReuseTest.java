package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.vertx.core.json.JsonObject;

/** After each kind of end the connection takes the next request. */
class ConnectionReuseTest extends GatewayFixture {

    static Stream<Arguments> ends() {
        JsonObject streamed = Requests.response("Hello");
        JsonObject whole = streamed.copy().put("stream", false);
        return Stream.of(
                Arguments.of("a stream", streamed, Answer.text("Hello")),
                Arguments.of("a document", whole, Answer.text("Hello")),
                Arguments.of("a refused stream", streamed, Answer.error(429, "slow down")),
                Arguments.of("a refused document", whole, Answer.error(500, "no")),
                Arguments.of("a broken stream", streamed, Answer.text("a", "b", "c", "d").with(Fault.dropAfterEvents(3))),
                Arguments.of("a bad request", new JsonObject().put("model", "scripted"), null),
                Arguments.of("no such model", streamed.copy().put("model", "nobody/x"), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void afterIt(String what, JsonObject request, Answer answer) {
        if (answer != null) {
            llm.enqueue(answer);
        }
        llm.enqueue(Answer.text("next"));
        try (RawClient client = raw().ask(request)) {
            RawClient.Head head = client.head();
            if (head.headers().containsKey("content-length")) {
                client.document(head);
            } else {
                client.chunks();
            }
            client.ask(Requests.response("again"));
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(String.join("", client.chunks())).contains("next");
        }
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInOrder() {
        CompletableFuture<Void> released = new CompletableFuture<>();
        llm.enqueue(Answer.text("first").pauseUntil(released), Answer.text("second"));
        try (RawClient client = raw().ask(Requests.response("a")).ask(Requests.response("b"))) {
            assertThat(client.head().status()).isEqualTo(200);
            client.chunkWith("first");
            assertThat(llm.requests()).hasSize(1);
            released.complete(null);
            assertThat(String.join("", client.chunks())).contains("response.completed");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(String.join("", client.chunks())).contains("second");
        }
    }
}
