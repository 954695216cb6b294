package io.quarkiverse.llm.gateway.runtime.access;

import java.util.Map;

/** It is not known who asks: status 401. The message is a sentence for the client. */
public final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    UnauthorizedException(String message, int status, Map<String, String> headers) {
        // nothing is wrong here: where it was thrown tells nobody anything
        super(message, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** 401, or what Quarkus' security answers in its place, such as 302. */
    public int status() {
        return status;
    }

    /** OpenAI's word for it. */
    public String code() {
        return "invalid_api_key";
    }

    /** How to say who one is. */
    public Map<String, String> headers() {
        return headers;
    }
}
