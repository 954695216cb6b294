package io.quarkiverse.llm.gateway.runtime.translation;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Content;

/** Files that are text, which a model can be told without any support for files. */
final class TextFiles {

    private static final Set<String> MEDIA_TYPES = Set.of("application/json", "application/xml", "application/yaml",
            "application/x-yaml", "application/toml", "application/javascript", "application/typescript", "application/sql",
            "application/x-sh", "application/x-httpd-php", "application/x-ndjson", "application/jsonl", "application/graphql",
            "application/x-tex", "application/rtf", "image/svg+xml");
    private static final Set<String> EXTENSIONS = Set.of("txt", "text", "md", "markdown", "rst", "adoc", "csv", "tsv", "log",
            "json", "jsonl", "ndjson", "json5", "xml", "xsd", "xsl", "html", "htm", "css", "scss", "less", "svg", "yaml", "yml",
            "toml", "ini", "cfg", "conf", "properties", "env", "diff", "patch", "java", "kt", "kts", "groovy", "scala", "clj",
            "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "py", "ipynb", "rb", "php", "pl", "lua", "r", "jl", "go", "rs", "c",
            "h", "cc", "cpp", "cxx", "hpp", "cs", "fs", "swift", "m", "mm", "dart", "ex", "exs", "erl", "hs", "ml", "sql", "sh",
            "bash", "zsh", "fish", "ps1", "bat", "gradle", "tf", "proto", "graphql", "tex", "bib", "srt", "vtt", "eml");
    private static final Set<String> NO_TYPE = Set.of("", "application/octet-stream");

    private TextFiles() {
    }

    /** The file's text; empty where it is not here, or no text. */
    static Optional<String> read(Content.File file) {
        String data = file.data().orElse("");
        if (data.isEmpty()) {
            return Optional.empty();
        }
        if (!data.regionMatches(true, 0, "data:", 0, "data:".length())) {
            // some clients send the bytes alone, some the text itself
            return hasTextName(file) ? decoded(data).or(() -> Optional.of(data)) : Optional.empty();
        }
        int comma = data.indexOf(',');
        if (comma < 0) {
            return Optional.empty();
        }
        String kind = data.substring("data:".length(), comma).toLowerCase(Locale.ROOT);
        String mediaType = kind.substring(0, kind.indexOf(';') < 0 ? kind.length() : kind.indexOf(';')).strip();
        if (!isText(mediaType) && !(NO_TYPE.contains(mediaType) && hasTextName(file))) {
            return Optional.empty();
        }
        String body = data.substring(comma + 1);
        return kind.endsWith(";base64") ? decoded(body) : plain(body);
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || MEDIA_TYPES.contains(mediaType) || mediaType.endsWith("+json")
                || mediaType.endsWith("+xml");
    }

    private static boolean hasTextName(Content.File file) {
        String name = file.filename().orElse("");
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static Optional<String> decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> plain(String escaped) {
        try {
            // in URLs of this kind a plus is a plus
            return Optional.of(URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.of(escaped);
        }
    }
}
