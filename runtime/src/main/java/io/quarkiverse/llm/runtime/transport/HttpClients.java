package io.quarkiverse.llm.runtime.transport;

import java.time.Duration;
import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.config.ConnectionSettings;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.ContextInternal;

/**
 * One HTTP client for each event loop that asks for one. A client that is shared by event loops hands out any idle
 * connection, and each chunk that arrives on a connection of another loop costs a hop.
 */
final class HttpClients {

    /** More connections than there are ports towards one server. */
    private static final int MOST_CONNECTIONS = 65_536;
    /** Servers mostly allow 100 to 128 streams; with fewer to a connection they do not hold up one another. */
    private static final int STREAMS_IN_A_CONNECTION = 32;
    /** The default of 64 KiB is what a single paused stream may hold back: it would stop all others of the connection. */
    private static final int HTTP2_CONNECTION_WINDOW = 16 * 1024 * 1024;
    private static final int MAX_CHUNK_SIZE = 64 * 1024;
    private static final int MAX_HEADER_SIZE = 64 * 1024;

    private final Vertx vertx;
    private final HttpClientOptions options;
    private final PoolOptions pool;
    private final PerEventLoop<HttpClient> clients = new PerEventLoop<>(own -> client(), HttpClient::close);

    HttpClients(ProviderSettings settings, Vertx vertx, Consumer<? super HttpClientOptions> customizer) {
        this.vertx = vertx;
        this.options = options(settings);
        customizer.accept(options);
        this.pool = pool(settings.connections());
    }

    private static HttpClientOptions options(ProviderSettings settings) {
        ConnectionSettings connections = settings.connections();
        HttpClientOptions options = new HttpClientOptions();
        options.setSsl(settings.endpoint().tls());
        options.setVerifyHost(true);
        boolean http2 = settings.endpoint().tls() && connections.http2();
        options.setProtocolVersion(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
        options.setUseAlpn(http2);
        // local servers hang on the upgrade request
        options.setHttp2ClearTextUpgrade(false);
        options.setHttp2ConnectionWindowSize(HTTP2_CONNECTION_WINDOW);
        options.setTcpNoDelay(true);
        options.setTcpKeepAlive(true);
        options.setDecompressionSupported(true);
        options.setMaxChunkSize(MAX_CHUNK_SIZE);
        options.setMaxHeaderSize(MAX_HEADER_SIZE);
        options.setConnectTimeout((int) Math.min(Integer.MAX_VALUE, settings.timeLimits().connect().toMillis()));
        keepAlive(options, connections.keepAlive());
        return options;
    }

    private static void keepAlive(HttpClientOptions options, Duration keepAlive) {
        options.setKeepAlive(!keepAlive.isZero());
        int seconds = (int) Math.max(1, Math.min(Integer.MAX_VALUE, keepAlive.plusMillis(999).toSeconds()));
        options.setKeepAliveTimeout(seconds);
        options.setHttp2KeepAliveTimeout(seconds);
    }

    /** How many exchanges there may be is decided before, for all loops together; the pool of a loop never limits. */
    private static PoolOptions pool(ConnectionSettings connections) {
        // twice as many: connections of exchanges that were cancelled early may still be opening
        int http1 = Math.min(MOST_CONNECTIONS, 2 * Math.min(MOST_CONNECTIONS, connections.maxConcurrentRequests()));
        return new PoolOptions().setHttp1MaxSize(http1).setHttp2MaxSize(http1 / STREAMS_IN_A_CONNECTION + 1)
                .setMaxWaitQueueSize(-1);
    }

    /** To be called on that context. */
    HttpClient on(ContextInternal context) {
        return clients.on(context);
    }

    private HttpClient client() {
        return vertx.httpClientBuilder().with(options).with(pool)
                .withConnectHandler(connection -> Http2Pings.start(vertx, connection)).build();
    }

    /** Those there are; who asks for one later gets a new one. */
    Future<Void> close() {
        return clients.close();
    }
}
