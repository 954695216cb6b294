package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Reads the content of messages, however odd it is: a string, a list of parts, or a single part. */
final class ReceivedParts {

    private final Degrading degrading;

    ReceivedParts(Degrading degrading) {
        this.degrading = degrading;
    }

    /**
     * @param place of the content, such as {@code messages[3].content}
     */
    List<Content> read(JsonValue content, String place) {
        if (content.isString() || content.isNumber() || isTrueOrFalse(content)) {
            return List.of(Content.text(content.stringOrText()));
        }
        if (content.isObject()) {
            return read(content.object(), place).map(List::of).orElse(List.of());
        }
        List<Content> parts = new ArrayList<>();
        List<JsonValue> elements = content.list();
        for (int i = 0; i < elements.size(); i++) {
            readElement(elements.get(i), place + "[" + i + "]").ifPresent(parts::add);
        }
        return parts;
    }

    private static boolean isTrueOrFalse(JsonValue value) {
        return !value.isObject() && !value.isList() && !value.isNull();
    }

    private Optional<Content> readElement(JsonValue part, String place) {
        if (part.isString()) {
            return Optional.of(Content.text(part.string()));
        }
        return part.isObject() ? read(part.object(), place) : degrading.replace(place, "something that is no part");
    }

    private Optional<Content> read(JsonFields part, String place) {
        String type = text(part, "type").orElseGet(() -> guessedType(part));
        return switch (type) {
            case "" -> degrading.replace(place, "a part without a type");
            case "text", "input_text", "output_text" -> part.value("text").filter(text -> text.isString() || text.isNumber())
                    .<Content> map(text -> Content.text(text.stringOrText()))
                    .or(() -> degrading.replace(place, "a text part without a text"));
            case "refusal" -> text(part, "refusal").<Content> map(Content.Refusal::new)
                    .or(() -> degrading.replace(place, "a refusal without a text"));
            case "image_url", "input_image" -> image(part).or(() -> degrading.replace(place, "an image without a URL"));
            case "input_audio" -> audio(part).or(() -> degrading.replace(place, "audio without data or format"));
            case "file", "input_file" -> file(part).or(() -> degrading.replace(place, "a file without id and data"));
            default -> Optional.of(new Content.Opaque(type, part.raw()));
        };
    }

    /** Older clients leave the type out. */
    private static String guessedType(JsonFields part) {
        return part.has("text") ? "text" : part.has("image_url") ? "image_url" : "";
    }

    private static Optional<Content> image(JsonFields part) {
        Optional<JsonFields> image = object(part, "image_url");
        Optional<String> url = image.map(fields -> nonEmpty(fields, "url")).orElseGet(() -> nonEmpty(part, "image_url"));
        Optional<String> fileId = nonEmpty(part, "file_id");
        Optional<String> detail = image.flatMap(fields -> text(fields, "detail")).or(() -> text(part, "detail"));
        return url.isEmpty() && fileId.isEmpty() ? Optional.empty() : Optional.of(new Content.Image(url, fileId, detail));
    }

    private static Optional<Content> audio(JsonFields part) {
        Optional<JsonFields> audio = object(part, "input_audio");
        return audio.flatMap(fields -> text(fields, "data")).flatMap(data -> audio.flatMap(fields -> text(fields, "format"))
                .map(format -> new Content.Audio(data, format)));
    }

    private static Optional<Content> file(JsonFields part) {
        JsonFields file = object(part, "file").orElse(part);
        Optional<String> id = nonEmpty(file, "file_id");
        Optional<String> data = nonEmpty(file, "file_data");
        Optional<String> url = nonEmpty(file, "file_url");
        return id.isEmpty() && data.isEmpty() && url.isEmpty() ? Optional.empty()
                : Optional.of(new Content.File(id, data, url, text(file, "filename")));
    }

    /** The field, if it is a string. */
    static Optional<String> text(JsonFields fields, String name) {
        return fields.value(name).filter(JsonValue::isString).map(JsonValue::string);
    }

    /** The field, if it is a string that says something. */
    static Optional<String> nonEmpty(JsonFields fields, String name) {
        return text(fields, name).filter(text -> !text.isEmpty());
    }

    /** The field, if it is an object. */
    static Optional<JsonFields> object(JsonFields fields, String name) {
        return fields.value(name).filter(JsonValue::isObject).map(JsonValue::object);
    }
}
