package io.quarkiverse.llm.scripted;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

/** The wire APIs that a scripted answer has a form in. */
public enum Api {

    /** {@code POST .../chat/completions}. */
    CHAT_COMPLETIONS,

    /** {@code POST .../responses}, and what is below that path. */
    RESPONSES;

    /** By the path; where that says nothing, by what only the body of one of them has. */
    static Optional<Api> of(String path, Optional<JsonObject> body) {
        if (path.endsWith("/chat/completions")) {
            return Optional.of(CHAT_COMPLETIONS);
        } else if ((path + "/").contains("/responses/")) {
            return Optional.of(RESPONSES);
        } else if (body.isPresent() && body.get().containsKey("messages")) {
            return Optional.of(CHAT_COMPLETIONS);
        }
        return body.filter(json -> json.containsKey("input")).map(json -> RESPONSES);
    }
}
