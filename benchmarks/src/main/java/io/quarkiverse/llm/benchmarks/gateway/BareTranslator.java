package io.quarkiverse.llm.benchmarks.gateway;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;

/**
 * The yardstick: translates streams with nothing but Vert.x and Jackson. It does the same work for a well-behaved client and
 * server, and knows no other: no routing, no validation, no repair, no limits, nothing but streams. It stands for itself
 * and uses nothing of this project.
 */
public final class BareTranslator extends AbstractVerticle {

    private final int port;
    private final int upstreamPort;
    private final List<BareStream> written = new ArrayList<>();
    private EventWriter writer;
    private HttpClient client;

    private BareTranslator(int port, int upstreamPort) {
        this.port = port;
        this.upstreamPort = upstreamPort;
    }

    /** @param arguments the port to listen at and the server's port */
    public static void main(String[] arguments) {
        int loops = Integer.getInteger("benchmark.bare-loops", VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
        Vertx.vertx().deployVerticle(
                () -> new BareTranslator(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])),
                new DeploymentOptions().setInstances(loops)).onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                });
    }

    @Override
    public void start(Promise<Void> started) throws Exception {
        writer = new EventWriter();
        // a client for each event loop, so that a stream stays on one
        client = vertx.createHttpClient(new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(upstreamPort),
                new PoolOptions().setHttp1MaxSize(20_000));
        vertx.createHttpServer().requestHandler(this::request).listen(port, "127.0.0.1").<Void> mapEmpty().onComplete(started);
    }

    private void request(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST || !request.path().equals("/v1/responses")) {
            fail(request.response(), 404, "There is only POST /v1/responses");
            return;
        }
        request.body().onSuccess(body -> {
            JsonObject chat;
            try {
                chat = ChatRequest.of(body.toJsonObject());
            } catch (RuntimeException e) {
                fail(request.response(), 400, "The request cannot be translated: " + e.getMessage());
                return;
            }
            client.request(HttpMethod.POST, "/v1/chat/completions").onSuccess(upstream -> ask(request, upstream, chat))
                    .onFailure(failure -> fail(request.response(), 502, failure.getMessage()));
        });
    }

    private void ask(HttpServerRequest request, HttpClientRequest upstream, JsonObject chat) {
        HttpServerResponse response = request.response();
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            upstream.putHeader("Authorization", authorization);
        }
        response.closeHandler(closed -> {
            if (!response.ended()) {
                upstream.reset();
            }
        });
        upstream.putHeader("Content-Type", "application/json").send(chat.toBuffer()).onSuccess(answer -> {
            if (answer.statusCode() != 200) {
                answer.body().onSuccess(body -> response.setStatusCode(answer.statusCode()).end(body));
                return;
            }
            response.setChunked(true).putHeader("Content-Type", "text/event-stream");
            new BareStream(this, writer, answer, response, chat.getString("model")).start();
        }).onFailure(failure -> fail(response, 502, failure.getMessage()));
    }

    private static void fail(HttpServerResponse response, int status, String message) {
        if (!response.headWritten() && !response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", "application/json")
                    .end(new JsonObject().put("error", new JsonObject().put("message", message)).toBuffer());
        }
    }

    /** Has the stream flushed when this turn of the event loop is over, together with the others. */
    void flushLater(BareStream stream) {
        if (written.isEmpty()) {
            context.runOnContext(over -> {
                written.forEach(BareStream::flush);
                written.clear();
            });
        }
        written.add(stream);
    }
}
