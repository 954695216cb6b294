package io.quarkiverse.llm.scripted;

import java.net.URI;
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

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A request as it arrived, and how its exchange went on. Safe to read from any thread. */
public final class RecordedRequest {

    /** How long a test waits where it does not say. */
    static final Duration SOON = Duration.ofSeconds(10);

    private final int number;
    private final int connection;
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
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private RecordedRequest(int number, int connection, String method, String target, String httpVersion, MultiMap headers,
            String body) {
        int query = target.indexOf('?');
        this.number = number;
        this.connection = connection;
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
        return new RecordedRequest(number, connection, request.method().name(), target, request.version().alpnName(),
                MultiMap.caseInsensitiveMultiMap().addAll(request.headers()), body);
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
        return new RecordedRequest(number, 0, method, pathAndQuery, "http/1.1",
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

    /** Whether the body, or the query of a request for a stored response, asks for a stream. */
    public boolean isStreaming() {
        return isTrue("stream") || "true".equals(parameter("stream"));
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

    /** The {@code instructions} of a request of the Responses API. */
    public Optional<String> instructions() {
        return json.map(body -> body.getValue("instructions")).filter(String.class::isInstance).map(String.class::cast);
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

    /** How many bytes of the answer's body were handed to the connection so far. */
    public long bytesWritten() {
        return bytesWritten.get();
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

    private boolean isTrue(String field) {
        return json.map(body -> Boolean.TRUE.equals(body.getValue(field))).orElse(false);
    }

    boolean isBackground() {
        return isTrue("background");
    }

    String model() {
        return json.map(body -> body.getValue("model")).filter(String.class::isInstance).map(String.class::cast)
                .orElse("scripted");
    }

    boolean includesUsage() {
        return json.map(body -> body.getValue("stream_options")).filter(JsonObject.class::isInstance)
                .map(options -> Boolean.TRUE.equals(((JsonObject) options).getValue("include_usage"))).orElse(false);
    }

    void wrote(int bytes) {
        bytesWritten.addAndGet(bytes);
    }

    void ended(Outcome how) {
        outcome.complete(how);
    }

    @Override
    public String toString() {
        return method + " " + path + (query == null ? "" : "?" + query) + " " + body;
    }
}
