package io.quarkiverse.llm.runtime.json;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;

/** Reads parts of messages and tool outputs. A string is a text, also in place of the whole list. */
public final class ContentReader {

    private ContentReader() {
    }

    /** The parts of a string, a list, or a single part. */
    public static List<Content> readList(JsonValue parts) {
        return parts.isList() ? parts.list().stream().map(ContentReader::read).toList() : List.of(read(parts));
    }

    /** Whether it is meant as parts, and not as JSON that somebody has put where text belongs. */
    public static boolean isContent(JsonValue value) {
        return value.isString() || isPart(value) || value.isList() && value.list().stream()
                .allMatch(part -> part.isString() || isPart(part));
    }

    private static boolean isPart(JsonValue value) {
        return value.isObject() && value.object().has("type");
    }

    public static Content read(JsonValue part) {
        return part.isString() ? Content.text(part.string()) : read(part.object());
    }

    private static Content read(JsonFields part) {
        String type = part.required("type").string();
        return switch (type) {
            case "refusal" -> new Content.Refusal(part.required("refusal").string());
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            case "input_audio" -> audio(part);
            default -> type.equals("text") || type.endsWith("_text") ? text(part)
                    : new Content.Opaque(type, part.raw());
        };
    }

    private static Content text(JsonFields part) {
        return new Content.Text(part.required("text").string(),
                part.list("annotations").stream().map(JsonValue::object).map(AnnotationReader::read).toList(),
                part.raw("logprobs"));
    }

    private static Content image(JsonFields part) {
        Optional<String> fileId = part.string("file_id");
        Optional<String> url = fileId.isPresent() ? part.string("image_url")
                : Optional.of(part.required("image_url").string());
        return new Content.Image(url, fileId, part.string("detail"));
    }

    private static Content file(JsonFields part) {
        Optional<String> fileId = part.string("file_id");
        Optional<String> url = part.string("file_url");
        Optional<String> data = fileId.isPresent() || url.isPresent() ? part.string("file_data")
                : Optional.of(part.required("file_data").string());
        return new Content.File(fileId, data, url, part.string("filename"));
    }

    private static Content audio(JsonFields part) {
        JsonFields audio = part.required("input_audio").object();
        return new Content.Audio(audio.required("data").string(), audio.required("format").string());
    }
}
