package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.runtime.json.ContentReader;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Reads the parts of replayed messages and tool outputs, of which none fails. */
final class PartReader {

    private static final String IMAGE_OF_CHAT = "image_url";
    private static final String FILE_OF_CHAT = "file";

    private final InputLog log;

    PartReader(InputLog log) {
        this.log = log;
    }

    /**
     * @param value a string, a list or a single part; anything else is a loss
     * @param place of the value
     */
    List<Content> read(Optional<JsonValue> value, String place) {
        if (value.isEmpty()) {
            return List.of();
        } else if (!value.get().isList()) {
            return part(value.get(), place).stream().toList();
        }
        List<JsonValue> values = value.get().list();
        List<Content> parts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            part(values.get(i), place, i).ifPresent(parts::add);
        }
        return parts;
    }

    private Optional<Content> part(JsonValue part, String list, int index) {
        Optional<Content> regular = regular(part);
        return regular.isPresent() || part.isNull() ? regular : odd(part, list + "[" + index + "]");
    }

    private Optional<Content> part(JsonValue part, String place) {
        Optional<Content> regular = regular(part);
        return regular.isPresent() ? regular : odd(part, place);
    }

    private static Optional<Content> regular(JsonValue part) {
        try {
            return Optional.of(ContentReader.read(part)).filter(PartReader::says);
        } catch (JsonShapeException e) {
            return Optional.empty();
        }
    }

    private static boolean says(Content part) {
        if (part instanceof Content.Image image) {
            return isAny(Stream.of(image.fileId(), image.url()));
        } else if (part instanceof Content.File file) {
            return isAny(Stream.of(file.fileId(), file.url(), file.data()));
        } else if (part instanceof Content.Audio audio) {
            return !audio.data().isBlank();
        }
        return !(part instanceof Content.Opaque opaque && (opaque.type().isBlank() || opaque.type().equals(IMAGE_OF_CHAT)
                || opaque.type().equals(FILE_OF_CHAT)));
    }

    private static boolean isAny(Stream<Optional<String>> texts) {
        return texts.flatMap(Optional::stream).anyMatch(text -> !text.isBlank());
    }

    private Optional<Content> odd(JsonValue value, String place) {
        if (!value.isObject()) {
            return lost(place, "a part of a message that is no object");
        }
        JsonFields part = value.object();
        String type = OddFields.word(part, "type")
                .orElse(part.has("refusal") ? "refusal" : part.has("image_url") ? "input_image" : "text");
        return switch (type) {
            case "input_image", IMAGE_OF_CHAT -> image(part, place);
            case FILE_OF_CHAT -> file(part, place);
            case "input_file" -> lost(place, "a file without an id, data or a URL");
            case "input_audio" -> lost(place, "audio without its data");
            case "refusal" -> part.value("refusal").or(() -> part.value("text"))
                    .map(text -> (Content) new Content.Refusal(text.stringOrText()))
                    .or(() -> lost(place, "a refusal without its text"));
            default -> part.has("text") ? text(part, place) : lost(place, "a part of a message without its text");
        };
    }

    /** Clients of Chat Completions are known to nest the URL, and how closely to look, as they do there. */
    private Optional<Content> image(JsonFields part, String place) {
        JsonFields holder = nested(part, "image_url");
        Optional<String> url = OddFields.word(holder, "url").or(() -> OddFields.word(holder, "image_url"));
        Optional<String> fileId = OddFields.word(part, "file_id");
        if (url.isEmpty() && fileId.isEmpty()) {
            return lost(place, "an image without a URL");
        }
        return Optional.of(new Content.Image(url, fileId,
                OddFields.word(part, "detail").or(() -> OddFields.word(holder, "detail"))));
    }

    private Optional<Content> file(JsonFields part, String place) {
        JsonFields file = nested(part, "file");
        Content.File said = new Content.File(OddFields.word(file, "file_id"), OddFields.word(file, "file_data"),
                OddFields.word(file, "file_url"), OddFields.word(file, "filename"));
        return says(said) ? Optional.of(said) : lost(place, "a file without an id, data or a URL");
    }

    private static JsonFields nested(JsonFields part, String field) {
        return part.value(field).filter(JsonValue::isObject).map(JsonValue::object).orElse(part);
    }

    private Optional<Content> text(JsonFields part, String place) {
        if (part.has("annotations")) {
            log.note(place, "Annotations that cannot be read are left out.");
        }
        return part.value("text").map(text -> Content.text(text.stringOrText()));
    }

    private Optional<Content> lost(String place, String what) {
        return log.lost(place, what).map(Content::text);
    }
}
