package io.quarkiverse.llm.scripted;

import io.vertx.core.json.JsonObject;

/** Error documents in OpenAI's shape. */
final class Errors {

    private Errors() {
    }

    static JsonObject of(int status, String message) {
        return of(type(status), null, message);
    }

    static JsonObject of(String type, String code, String message) {
        return new JsonObject().put("error", new JsonObject()
                .put("message", message)
                .put("type", type)
                .put("param", null)
                .put("code", code));
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
