package io.quarkiverse.llm.scripted;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A request as it arrived, and how its exchange went on. Safe to read from any thread.
 * <p>
 * One that came over a WebSocket is told as the {@code POST} that it stands for: path, query and headers are those of the
 * upgrade, the body is the message, and it asks for a stream. So a function that answers need not know of the transport.
 */
public final class RecordedRequest {

    /** How long a test waits where it does not say. */
    static final Duration SOON = Duration.ofSeconds(10);

    private final int number;
    private final int connection;
    private final Transport transport;
    private final Instant arrival = Instant.now();
    private final String method;
    private final String path;
    private final String query;
    private final String httpVersion;
    private final MultiMap headers;
    private final String body;
    private final Optional<JsonObject> json;
    private final Optional<Api> api;
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicLong bytesUnsent = new AtomicLong();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile boolean pipelined;
    private volatile List<JsonObject> history;

    private RecordedRequest(int number, int connection, Transport transport, String method, String target, String httpVersion,
            MultiMap headers, String body) {
        int query = target.indexOf('?');
        this.number = number;
        this.connection = connection;
        this.transport = transport;
        this.method = method;
        this.path = query < 0 ? target : target.substring(0, query);
        this.query = query < 0 ? null : target.substring(query + 1);
        this.httpVersion = httpVersion;
        this.headers = headers;
        this.body = body;
        this.json = parse(body);
        this.api = Api.of(path, json);
    }

    static RecordedRequest of(int number, int connection, HttpServerRequest request, String body) {
        String target = request.query() == null ? request.path() : request.path() + "?" + request.query();
        return new RecordedRequest(number, connection, Transport.HTTP, request.method().name(), target,
                request.version().alpnName(), MultiMap.caseInsensitiveMultiMap().addAll(request.headers()), body);
    }

    /** A message that came over the WebSocket of this upgrade. */
    static RecordedRequest of(int number, RecordedRequest upgrade, String message) {
        String target = upgrade.query == null ? upgrade.path : upgrade.path + "?" + upgrade.query;
        return new RecordedRequest(number, upgrade.connection, Transport.WEBSOCKET, "POST", target, upgrade.httpVersion,
                upgrade.headers(), message);
    }

    /**
     * A request that did not come over a connection.
     *
     * @param number which one it is, from 1
     * @param target path and query
     */
    public static RecordedRequest of(int number, String method, String target, Map<String, String> headers, String body) {
        URI uri = URI.create(target);
        String pathAndQuery = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new RecordedRequest(number, 0, Transport.HTTP, method, pathAndQuery, "http/1.1",
                MultiMap.caseInsensitiveMultiMap().addAll(headers), body);
    }

    /**
     * The request of a recorded exchange, to compare with what is sent now. Secrets are masked in it.
     *
     * @param exchange the folder of the exchange
     * @throws IllegalArgumentException with a sentence, when it is none
     */
    public static RecordedRequest recording(Path exchange) {
        return Recording.of(exchange).request();
    }

    private static Optional<JsonObject> parse(String body) {
        try {
            return Optional.ofNullable(Json.object(body));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Counts from 1 since the start or the last reset of the server. */
    public int number() {
        return number;
    }

    /**
     * The number of the connection that it came on, from 1; equal numbers tell that a connection was used again. 0 when it
     * came on none.
     */
    public int connection() {
        return connection;
    }

    /** Whether it is an HTTP request or a message of a WebSocket. */
    public Transport transport() {
        return transport;
    }

    /** When the whole request had arrived. */
    public Instant arrival() {
        return arrival;
    }

    /** The HTTP method, in capitals. */
    public String method() {
        return method;
    }

    /** The path without the query string. */
    public String path() {
        return path;
    }

    /** The query string without its question mark, or {@code null}. */
    public String query() {
        return query;
    }

    /** {@code http/1.0}, {@code http/1.1} or {@code h2}. */
    public String httpVersion() {
        return httpVersion;
    }

    /** A copy of the headers; names ignore case. */
    public MultiMap headers() {
        return MultiMap.caseInsensitiveMultiMap().addAll(headers);
    }

    /** The first value of a header, or {@code null}. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as text, empty if there is none. */
    public String body() {
        return body;
    }

    /** The size of the body in bytes, as UTF-8, before a compression of the connection's. */
    public long bodyBytes() {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * A copy of the body as JSON.
     *
     * @throws IllegalStateException if it is no JSON object
     */
    public JsonObject json() {
        return json.map(JsonObject::copy)
                .orElseThrow(() -> new IllegalStateException("The body is no JSON object: " + body));
    }

    /** Whether the body is a JSON object. */
    public boolean isJson() {
        return json.isPresent();
    }

    /**
     * Whether the body, or the query of a request for a stored response, asks for a stream. Over a WebSocket there is nothing
     * else, whatever {@code stream} in the body says.
     */
    public boolean isStreaming() {
        return transport == Transport.WEBSOCKET || isTrue("stream") || "true".equals(parameter("stream"));
    }

    /** The wire API it speaks; empty for one of neither, such as for the list of models. */
    public Optional<Api> api() {
        return api;
    }

    /** The input items of a request of the Responses API; a bare text is the message that it stands for. Copies. */
    public List<JsonObject> inputItems() {
        Object input = json().getValue("input");
        if (input instanceof String text) {
            return List.of(new JsonObject().put("type", "message").put("role", "user").put("content", text));
        }
        return input instanceof JsonArray items
                ? items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
                : List.of();
    }

    /** The response that it goes on from. */
    public Optional<String> previousResponseId() {
        return text("previous_response_id");
    }

    /**
     * All that the model would see: the input items, behind the input and output of the responses that the request goes on
     * from, as far as this server, or its end of the WebSocket, has them. Copies.
     */
    public List<JsonObject> effectiveInput() {
        Stream<JsonObject> before = history == null ? Stream.of() : history.stream().map(JsonObject::copy);
        return Stream.concat(before, inputItems().stream()).toList();
    }

    /**
     * Whether it was sent over a WebSocket before the answer to the one before it had ended: its turn comes after that. With
     * {@code stream_id}, requests of different streams do not wait for each other.
     */
    public boolean isPipelined() {
        return pipelined;
    }

    /** The {@code instructions} of a request of the Responses API. */
    public Optional<String> instructions() {
        return text("instructions");
    }

    /** The tools that it offers, as they are on the wire. Copies. */
    public List<JsonObject> tools() {
        return json().getValue("tools") instanceof JsonArray tools
                ? tools.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
                : List.of();
    }

    /** The value of a query parameter, or {@code null}. */
    public String parameter(String name) {
        return query == null ? null
                : new QueryStringDecoder("?" + query).parameters().getOrDefault(name, List.of()).stream()
                        .findFirst().orElse(null);
    }

    /** How many bytes of the answer's body, or of its WebSocket messages, were handed to the connection so far. */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** How many of them wait in the server because the client does not read. */
    public long bytesUnsent() {
        return bytesUnsent.get();
    }

    /** Completes when the exchange has ended. A stalled answer's ends only when somebody closes the connection. */
    public CompletionStage<Outcome> outcome() {
        return outcome.minimalCompletionStage();
    }

    /**
     * Waits up to 10 seconds until the exchange has ended.
     *
     * @throws AssertionError if it has not
     */
    public Outcome awaitOutcome() {
        return awaitOutcome(SOON);
    }

    /**
     * Waits until the exchange has ended.
     *
     * @throws AssertionError if it has not within this time
     */
    public Outcome awaitOutcome(Duration atMost) {
        try {
            return outcome.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The exchange had not ended after " + atMost + ": " + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the end of the exchange", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private Optional<String> text(String field) {
        return json.map(body -> body.getValue(field)).filter(String.class::isInstance).map(String.class::cast);
    }

    private boolean isTrue(String field) {
        return json.map(body -> Boolean.TRUE.equals(body.getValue(field))).orElse(false);
    }

    /** A WebSocket has no background. */
    boolean isBackground() {
        return transport == Transport.HTTP && isTrue("background");
    }

    /** Whether it only prepares a response that others go on from. */
    boolean isWarmUp() {
        return transport == Transport.WEBSOCKET
                && json.map(body -> Boolean.FALSE.equals(body.getValue("generate"))).orElse(false);
    }

    Optional<String> streamId() {
        return transport == Transport.WEBSOCKET ? text("stream_id") : Optional.empty();
    }

    /** Whether what it goes on from is here. */
    boolean isContinuation() {
        return history != null;
    }

    /** It goes on after these items. */
    void continues(List<JsonObject> items) {
        history = items;
    }

    void pipelined() {
        pipelined = true;
    }

    String model() {
        return text("model").orElse("scripted");
    }

    boolean includesUsage() {
        return json.map(body -> body.getValue("stream_options")).filter(JsonObject.class::isInstance)
                .map(options -> Boolean.TRUE.equals(((JsonObject) options).getValue("include_usage"))).orElse(false);
    }

    void wrote(int bytes) {
        bytesWritten.addAndGet(bytes);
        bytesUnsent.addAndGet(bytes);
    }

    void sent(int bytes) {
        bytesUnsent.addAndGet(-bytes);
    }

    boolean isOver() {
        return outcome.isDone();
    }

    void ended(Outcome how) {
        outcome.complete(how);
    }

    @Override
    public String toString() {
        return method + " " + path + (query == null ? "" : "?" + query) + " " + body;
    }
}
