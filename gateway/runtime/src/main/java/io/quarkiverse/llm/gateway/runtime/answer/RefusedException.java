package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Duration;
import java.util.Optional;

/** A request is not answered by any provider. The message is a sentence for the client. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String code;
    private final boolean closing;

    private RefusedException(int status, String type, String code, String message, boolean closing) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.closing = closing;
    }

    private static RefusedException invalid(int status, String code, String message) {
        return new RefusedException(status, "invalid_request_error", code, message, false);
    }

    public static RefusedException tooLong(long most) {
        return new RefusedException(413, "invalid_request_error", "request_too_large", "The body of the request is longer than "
                + most + " bytes, which quarkus.llm-gateway.max-body-size allows: send less, or raise it", true);
    }

    public static RefusedException tooSlow(Duration limit) {
        return new RefusedException(408, "invalid_request_error", "request_timeout",
                "The body of the request did not arrive within "
                        + limit.toMillis() + " ms, which quarkus.llm-gateway.body-timeout allows",
                true);
    }

    /**
     * @param never whether there is no room for such a body at any time
     */
    public static RefusedException noMemory(boolean never, long bytes) {
        return never
                ? new RefusedException(413, "invalid_request_error", "request_too_large",
                        "The body of the request is longer than "
                                + bytes + " bytes, which quarkus.llm-gateway.max-bodies-size allows for all requests together",
                        true)
                : new RefusedException(503, "server_error", "overloaded",
                        "The requests under way are as large as the gateway can take: try again in a moment", true);
    }

    /** Nobody is there to read it. */
    public static RefusedException gone() {
        return invalid(Exchange.CLIENT_LEFT, "client-left", "The connection was closed while the request came in");
    }

    public static RefusedException unsupportedEncoding(String encoding) {
        return invalid(415, "unsupported_content_encoding", "Bodies must not be encoded, and this one is: '" + encoding + "'");
    }

    public static RefusedException method(String method, String path, String allowed) {
        return invalid(405, "method_not_allowed", "Not allowed: " + method + " " + path + ". It takes " + allowed);
    }

    /** With the status at which Codex goes on over HTTP. */
    public static RefusedException noWebSocket() {
        return invalid(426, "websocket_not_supported", "There are no WebSockets here: send the request by POST");
    }

    public static RefusedException loop() {
        return new RefusedException(508, "server_error", "loop_detected", "The gateway is its own provider:"
                + " let the base-url of the provider be that of the model server", false);
    }

    public static RefusedException inactive() {
        return new RefusedException(503, "server_error", "gateway_inactive",
                "The gateway is switched off by quarkus.llm-gateway.active=false", false);
    }

    /** To be tried again in a moment. */
    public static RefusedException tooManyInBackground(int most) {
        return new RefusedException(429, "rate_limit_error", "rate_limit_exceeded", "As many responses wait to be made in the"
                + " background as quarkus.llm-gateway.background.max-queued allows: " + most, false);
    }

    public static RefusedException shuttingDown() {
        return new RefusedException(503, "server_error", "shutting_down",
                "The gateway is shutting down: try again in a moment", false);
    }

    /** There are no such things where nothing is kept. */
    public static RefusedException nothingKept() {
        return new RefusedException(501, "server_error", "not_supported", "The gateway keeps no conversations, since"
                + " quarkus.llm-gateway.store.enabled is false: send the whole conversation as input", false);
    }

    public static RefusedException noAdmin() {
        return invalid(403, "insufficient_permissions", "This key may read its own usage alone:"
                + " quarkus.llm-gateway.keys.\"NAME\".admin=true lets one read that of all");
    }

    /** Over the WebSocket. With the code at which clients open another one. */
    public static RefusedException connectionLimit(Duration lifetime) {
        String limit = lifetime.toSeconds() >= 60 ? lifetime.toMinutes() + " minutes" : lifetime.toMillis() + " ms";
        return invalid(400, "websocket_connection_limit_reached", "Responses websocket connection limit reached (" + limit
                + "). Create a new websocket connection to continue.");
    }

    /** Over the WebSocket. */
    public static RefusedException queueLimit(int most) {
        return new RefusedException(429, "rate_limit_error", "websocket_queue_limit_reached", "As many requests wait on this"
                + " WebSocket connection as may (" + most + "). Wait for an answer, or open another connection", false);
    }

    public static RefusedException notCounted(String message) {
        return new RefusedException(501, "server_error", "not_supported", message, false);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    Optional<String> code() {
        return Optional.of(code);
    }

    /** Whether the rest of the request is not read, so that no other can come over the connection. */
    boolean closesConnection() {
        return closing;
    }
}
