package io.quarkiverse.llm.runtime.transport;

import static io.quarkiverse.llm.runtime.transport.RecordingListener.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;

/** Through a real proxy of HTTP: requests in clear text pass through it, those over TLS take a tunnel. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxyTest {

    private final Vertx vertx = Vertx.vertx();
    private final TransportFixture fixture = new TransportFixture();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final NetClient tunnels = vertx.createNetClient();
    private final HttpClient forwarding = vertx.createHttpClient();
    private HttpServer proxy;
    private volatile boolean refuse;

    @BeforeEach
    void start() {
        proxy = vertx.createHttpServer().requestHandler(this::pass).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        fixture.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void pass(HttpServerRequest request) {
        seen.add(request.method() + " " + request.uri() + " " + request.getHeader("proxy-authorization"));
        if (refuse) {
            request.response().setStatusCode(407).end();
        } else if (request.method() == HttpMethod.CONNECT) {
            String[] target = request.uri().split(":");
            request.pause();
            tunnels.connect(Integer.parseInt(target[1]), target[0])
                    .onSuccess(there -> request.toNetSocket().onSuccess(here -> join(here, there)));
        } else {
            request.body().onSuccess(body -> forwarding
                    .request(new RequestOptions().setMethod(request.method()).setAbsoluteURI(request.absoluteURI()))
                    .compose(further -> send(request, further.putHeader("content-type", "application/json"), body))
                    .onFailure(failure -> request.response().setStatusCode(502).end(failure.toString())));
        }
    }

    private static Future<Void> send(HttpServerRequest request, HttpClientRequest further,
            Buffer body) {
        return further.send(body).compose(answer -> {
            request.response().setChunked(true).setStatusCode(answer.statusCode());
            return answer.pipeTo(request.response());
        });
    }

    private static void join(NetSocket here, NetSocket there) {
        here.handler(there::write).closeHandler(closed -> there.close());
        there.handler(here::write).closeHandler(closed -> here.close());
        here.resume();
    }

    private HttpTransport transport(ProviderSettings settings) {
        return new HttpTransport(settings, fixture.vertx, options -> options.setTrustOptions(SelfSigned.certificate())
                .setProxyOptions(new ProxyOptions().setHost("127.0.0.1").setPort(proxy.actualPort()).setUsername("ann")
                        .setPassword("sesame"))
                // Vert.x has no exception for this machine unless it is told so
                .setNonProxyHosts(List.of("elsewhere")));
    }

    private RecordingListener stream(TestSettings testSettings) {
        ProviderSettings settings = testSettings.build();
        RecordingListener listener = new RecordingListener();
        fixture.open(transport(settings), fixture.stream(settings), listener);
        return listener;
    }

    private ScriptedServer secureServer() {
        return ScriptedServer.start(new HttpServerOptions().setSsl(true).setUseAlpn(true)
                .setKeyCertOptions(SelfSigned.certificate()));
    }

    @Test
    void clearTextPassesThrough() {
        fixture.server.enqueue(Answer.sse("data: 1\n\n"));

        assertThat(stream(fixture.settings()).awaitEnd()).containsExactly("head", "event |1", "end");
        assertThat(seen).singleElement().asString()
                .isEqualTo("POST http://127.0.0.1:" + fixture.server.port() + "/v1/chat/completions Basic YW5uOnNlc2FtZQ==");
    }

    @Test
    void tlsTakesATunnel() {
        try (ScriptedServer server = secureServer()) {
            server.enqueue(Answer.sse("data: 1\n\n"));

            assertThat(stream(TestSettings.of(server.baseUrl())).awaitEnd()).containsExactly("head", "event |1", "end");
            assertThat(seen).singleElement().asString()
                    .isEqualTo("CONNECT 127.0.0.1:" + server.port() + " Basic YW5uOnNlc2FtZQ==");
        }
    }

    @Test
    void http2TakesATunnelToo() {
        try (ScriptedServer server = secureServer()) {
            server.enqueue(Answer.sse("data: 1\n\n"));

            assertThat(stream(TestSettings.of(server.baseUrl()).http2()).awaitEnd()).endsWith("end");
            assertThat(server.takeRequest(AT_MOST).httpVersion()).isEqualTo("h2");
        }
    }

    @Test
    void cancellingReachesTheServerThroughTheTunnel() {
        try (ScriptedServer server = secureServer()) {
            server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(1)));
            ProviderSettings settings = TestSettings.of(server.baseUrl()).build();
            RecordingListener listener = new RecordingListener();
            Exchange exchange = fixture.open(transport(settings), fixture.stream(settings), listener);
            listener.awaitCall("head");

            fixture.onLoop(exchange::cancel);

            await().atMost(AT_MOST).until(() -> server.connections().open() == 0);
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() {
        refuse = true;
        try (ScriptedServer server = secureServer()) {
            assertThat(stream(TestSettings.of(server.baseUrl())).awaitFailure(LlmTransportException.class))
                    .hasMessageContaining("through the proxy").hasMessageNotContaining("sesame");
        }
    }

    @Test
    void aProxyThatIsNotThereFails() {
        proxy.close().toCompletionStage().toCompletableFuture().join();
        try (ScriptedServer server = secureServer()) {
            stream(TestSettings.of(server.baseUrl())).awaitFailure(LlmTransportException.class);
        }
    }
}
