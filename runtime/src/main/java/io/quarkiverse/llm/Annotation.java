package io.quarkiverse.llm;

import java.util.Objects;
import java.util.Optional;

/**
 * What the server says of a stretch of text: most often where it comes from.
 *
 * @param type {@code url_citation}, {@code file_citation}, {@code container_file_citation}, {@code file_path}, ...
 * @param json the whole annotation in the flat form of the Responses API
 */
public record Annotation(String type, RawJson json) {

    public Annotation {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(json, "json");
    }

    /** The source of a {@code url_citation}. */
    public Optional<String> url() {
        return Optional.ofNullable(json.toJsonObject().getString("url"));
    }

    /** The title of the source of a {@code url_citation}. */
    public Optional<String> title() {
        return Optional.ofNullable(json.toJsonObject().getString("title"));
    }
}
