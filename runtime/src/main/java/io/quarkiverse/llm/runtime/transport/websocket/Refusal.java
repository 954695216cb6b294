package io.quarkiverse.llm.runtime.transport.websocket;

import io.quarkiverse.llm.runtime.transport.Head;
import io.vertx.core.http.UpgradeRejectedException;

/** The answer of HTTP to who wanted a WebSocket. */
record Refusal(Head head, byte[] body) {

    private static final byte[] NOTHING = {};

    static Refusal of(UpgradeRejectedException rejection) {
        Head head = new Head("HTTP/1.1", rejection.getStatus(), Head.headers(rejection.getHeaders()));
        return new Refusal(head, rejection.getBody() == null ? NOTHING : rejection.getBody().getBytes());
    }
}
