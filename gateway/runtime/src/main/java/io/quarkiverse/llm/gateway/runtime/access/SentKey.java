package io.quarkiverse.llm.gateway.runtime.access;

import java.util.Optional;

import io.quarkiverse.llm.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** The API key that a client sends: as clients of OpenAI do in {@code Authorization}, or of Azure in {@code api-key}. */
final class SentKey {

    private static final String API_KEY = "api-key";
    private static final String BEARER = "bearer ";

    private SentKey() {
    }

    /** That of the header which is for keys alone goes before a bearer token. */
    static Optional<Secret> of(MultiMap headers) {
        return present(headers.get(API_KEY)).or(() -> Optional.ofNullable(headers.get(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(value -> present(value.substring(BEARER.length())))).map(Secret::of);
    }

    private static Optional<String> present(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
