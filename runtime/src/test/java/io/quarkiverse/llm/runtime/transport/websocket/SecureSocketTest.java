package io.quarkiverse.llm.runtime.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.SelfSigned;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ProxyOptions;

/** WebSockets over TLS, and through a proxy. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecureSocketTest {

    private final SocketFixture fixture = new SocketFixture();
    private final ScriptedServer server = ScriptedServer
            .start(new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(SelfSigned.certificate()));
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        fixture.close();
        server.close();
    }

    private Taker ask(String baseUrl, Consumer<WebSocketClientOptions> customizer) {
        return fixture.ask(new WebSocketTransport(TestSettings.of(baseUrl).build(), fixture.vertx, SocketFixture.BOUNDS,
                customizer), new Taker());
    }

    private HttpServer proxy() {
        return fixture.vertx.createHttpServer().requestHandler(this::tunnel).listen(0, "127.0.0.1").toCompletionStage()
                .toCompletableFuture().join();
    }

    private void tunnel(HttpServerRequest request) {
        seen.add(request.method() + " " + request.uri());
        String[] target = request.uri().split(":");
        request.pause();
        fixture.vertx.createNetClient().connect(Integer.parseInt(target[1]), target[0])
                .onSuccess(there -> request.toNetSocket().onSuccess(here -> join(here, there)));
    }

    private static void join(NetSocket here, NetSocket there) {
        here.handler(there::write).closeHandler(closed -> there.close());
        there.handler(here::write).closeHandler(closed -> here.close());
        here.resume();
    }

    @Test
    void aCertificateThatIsTrustedIsEnough() {
        server.enqueue(Answer.text("a"));
        assertThat(ask(server.baseUrl(), options -> options.setTrustOptions(SelfSigned.certificate())).awaitText())
                .isEqualTo("a");
    }

    @Test
    void aCertificateThatNobodyTrustsIsNamed() {
        assertThat(ask(server.baseUrl(), options -> {
        }).awaitFailure(LlmTransportException.class)).hasMessageContaining("TLS")
                .hasMessageContaining("quarkus.llm.test.tls-configuration-name");
    }

    @Test
    void aProxyIsATunnelForBoth() {
        HttpServer proxy = proxy();
        Consumer<WebSocketClientOptions> through = options -> options.setTrustOptions(SelfSigned.certificate())
                .setProxyOptions(new ProxyOptions().setHost("127.0.0.1").setPort(proxy.actualPort()))
                .setNonProxyHosts(List.of("elsewhere"));
        server.enqueue(Answer.text("a"));
        fixture.server.enqueue(Answer.text("b"));
        assertThat(ask(server.baseUrl(), through).awaitText()).isEqualTo("a");
        assertThat(ask(fixture.server.baseUrl(), through).awaitText()).isEqualTo("b");
        assertThat(seen).containsExactly("CONNECT 127.0.0.1:" + server.port(), "CONNECT 127.0.0.1:" + fixture.server.port());
    }
}
