package io.quarkiverse.llm.gateway.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;

/** What is otherwise over HTTP/2, where a request is a stream of its connection. */
class Http2Test extends GatewayFixture {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false).setHttp2MaxPoolSize(1));

    @AfterEach
    void closeClient() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private HttpClientRequest request() {
        HttpClientRequest request = await(
                http.request(HttpMethod.POST, server().root().getPort(), "127.0.0.1", "/v1/responses"));
        assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
        return request;
    }

    private record Whole(HttpClientResponse response, Buffer body) {
    }

    private static Future<Whole> whole(HttpClientResponse response) {
        return response.body().map(body -> new Whole(response, body));
    }

    private Whole ask() {
        return await(request().send(Requests.response("Hello").toBuffer()).compose(Http2Test::whole));
    }

    @Test
    void answersCome() {
        llm.enqueue(Answer.text("Hel", "lo"));
        Whole answered = ask();
        assertThat(answered.response().statusCode()).isEqualTo(200);
        assertThat(CheckedStream.of(answered.body().getBytes()).text()).isEqualTo("Hello");
    }

    @Test
    void aClientThatIsNoLongerInterestedEndsItsStreamAlone() {
        llm.enqueue(Answer.text("Hello").with(Fault.stallAfterEvents(2)), Answer.text("next"));
        HttpClientRequest request = request();
        CompletableFuture<Buffer> first = new CompletableFuture<>();
        request.response().onSuccess(response -> response.handler(first::complete));
        request.send(Requests.response("Hello").toBuffer());
        RecordedRequest recorded = llm.takeRequest();
        first.orTimeout(20, TimeUnit.SECONDS).join();

        request.reset();

        assertThat(recorded.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(log.request()).contains("status=200 outcome=client-left");
        assertThat(ask().body().toString()).contains("next");
        assertThat(log.from(Level.WARNING)).isEmpty();
    }

    @Test
    void aClientThatIsNoLongerInterestedBeforeTheAnswerIsHeard() {
        llm.enqueue(Answer.text("Hello").with(Fault.stallBeforeHead()));
        HttpClientRequest request = request();
        request.send(Requests.response("Hello").toBuffer());
        RecordedRequest recorded = llm.takeRequest();

        request.reset();

        assertThat(recorded.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
        assertThat(log.request()).contains("status=499 outcome=client-left");
    }

    @Test
    void aBodyThatIsTooLongCostsItsStreamAlone() {
        set("quarkus.llm-gateway.max-body-size", "1000");
        llm.enqueue(Answer.text("next"));
        HttpClientRequest request = request().setChunked(true);
        Future<Whole> answer = request.response().compose(Http2Test::whole);
        request.write(Buffer.buffer("x".repeat(600)));
        request.write(Buffer.buffer("x".repeat(600)));

        Whole answered = await(answer);

        assertThat(answered.response().statusCode()).isEqualTo(413);
        assertThat(answered.response().getHeader("connection")).isNull();
        assertThat(new JsonObject(answered.body()).getJsonObject("error").getString("message"))
                .contains("quarkus.llm-gateway.max-body-size");
        assertThat(ask().body().toString()).contains("next");
    }

    @Test
    void aClientThatDoesNotReadPausesTheProvider() {
        llm.enqueue(Answer.endless());
        HttpClientResponse response = await(request().send(Requests.response("Hello").toBuffer()).map(answer -> {
            answer.pause();
            return answer;
        }));
        RecordedRequest recorded = llm.takeRequest();
        long[] written = { -1 };
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            long before = written[0];
            written[0] = recorded.bytesWritten();
            return before == written[0];
        });
        response.handler(more -> {
            // read on
        });
        response.resume();
        await().until(() -> recorded.bytesWritten() > written[0]);
        response.request().reset();
        assertThat(recorded.awaitOutcome()).isEqualTo(Outcome.CLIENT_CLOSED);
    }
}
