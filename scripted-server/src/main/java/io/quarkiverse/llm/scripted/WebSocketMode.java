package io.quarkiverse.llm.scripted;

import java.util.List;
import java.util.Optional;

import io.vertx.core.json.JsonObject;

/**
 * How a server answers who wants a WebSocket on {@code .../responses}: it takes it, or does not. Immutable: every method gives
 * a new one.
 */
public final class WebSocketMode {

    private static final WebSocketMode ACCEPTED = new WebSocketMode(Optional.empty(), true, Integer.MAX_VALUE, List.of());

    private final Optional<Answer> refusal;
    private final boolean streamIds;
    private final int mostRequests;
    private final List<JsonObject> greeting;

    private WebSocketMode(Optional<Answer> refusal, boolean streamIds, int mostRequests, List<JsonObject> greeting) {
        this.refusal = refusal;
        this.streamIds = streamIds;
        this.mostRequests = mostRequests;
        this.greeting = greeting;
    }

    /** The server takes it. */
    public static WebSocketMode accepted() {
        return ACCEPTED;
    }

    /** The server refuses it with this HTTP status and an error in OpenAI's shape. */
    public static WebSocketMode refused(int status) {
        return refused(Answer.error(status, "This server refuses WebSockets with HTTP " + status));
    }

    /**
     * The server gives this answer instead of a WebSocket. It is in HTTP, so the faults of that apply: with
     * {@link Fault#stallBeforeHead()} it never answers, with {@link Fault#dropBeforeHead()} it closes the connection.
     */
    public static WebSocketMode refused(Answer answer) {
        return new WebSocketMode(Optional.of(answer), true, Integer.MAX_VALUE, List.of());
    }

    /**
     * A server that knows no {@code stream_id}, as Open Responses has it: it reads over them and answers one request after the
     * other. Without this, requests of different streams are answered at the same time, as OpenAI does.
     */
    public WebSocketMode withoutStreamIds() {
        return new WebSocketMode(refusal, false, mostRequests, greeting);
    }

    /**
     * Each connection serves so many requests; those that follow get the error {@code websocket_connection_limit_reached}, as
     * after an hour at OpenAI. Without this there is no limit.
     */
    public WebSocketMode mostRequests(int most) {
        return new WebSocketMode(refusal, streamIds, most, greeting);
    }

    /** Sends these events as soon as a WebSocket is open, before any request. */
    public WebSocketMode greeting(JsonObject... events) {
        return new WebSocketMode(refusal, streamIds, mostRequests, List.of(events));
    }

    Optional<Answer> refusal() {
        return refusal;
    }

    boolean hasStreamIds() {
        return streamIds;
    }

    int mostRequests() {
        return mostRequests;
    }

    List<JsonObject> greeting() {
        return greeting;
    }
}
