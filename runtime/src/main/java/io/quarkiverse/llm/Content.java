package io.quarkiverse.llm;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A part of a {@link Message} or of a {@link ToolOutput}. */
public sealed interface Content {

    /** Plain text. */
    static Text text(String text) {
        return new Text(text, List.of(), Optional.empty());
    }

    /** An image the server fetches from an {@code http(s)} URL, or a {@code data:} URL that holds it. */
    static Image image(String url) {
        return new Image(Optional.of(url), Optional.empty(), Optional.empty());
    }

    /**
     * An image sent along.
     *
     * @param mediaType for instance {@code image/png}
     */
    static Image image(String mediaType, byte[] bytes) {
        return image("data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * A file sent along.
     *
     * @param mediaType for instance {@code application/pdf}
     */
    static File file(String filename, String mediaType, byte[] bytes) {
        String data = "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
        return new File(Optional.empty(), Optional.of(data), Optional.empty(), Optional.of(filename));
    }

    /**
     * Sound sent along.
     *
     * @param format for instance {@code wav} or {@code mp3}
     */
    static Audio audio(String format, byte[] bytes) {
        return new Audio(Base64.getEncoder().encodeToString(bytes), format);
    }

    /**
     * @param annotations what the server said of stretches of the text, such as the source of a citation
     * @param logprobs log probabilities of the tokens as the server sent them, when they were asked for
     */
    record Text(String text, List<Annotation> annotations, Optional<RawJson> logprobs) implements Content {

        public Text {
            Objects.requireNonNull(text, "text");
            annotations = List.copyOf(annotations);
            Objects.requireNonNull(logprobs, "logprobs");
        }
    }

    /**
     * The model's words for not answering.
     */
    record Refusal(String refusal) implements Content {

        public Refusal {
            Objects.requireNonNull(refusal, "refusal");
        }
    }

    /**
     * Either a URL or a file id.
     *
     * @param url an {@code http(s)} or {@code data:} URL
     * @param fileId of a file uploaded to the server
     * @param detail how closely the model shall look: {@code auto}, {@code low}, {@code high}, {@code original}
     */
    record Image(Optional<String> url, Optional<String> fileId, Optional<String> detail) implements Content {

        public Image {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(fileId, "fileId");
            Objects.requireNonNull(detail, "detail");
            if (url.isEmpty() && fileId.isEmpty()) {
                throw new IllegalArgumentException("An image needs a url or a file id");
            }
        }

        /** The same image, looked at this closely. */
        public Image withDetail(String detail) {
            return new Image(url, fileId, Optional.of(detail));
        }
    }

    /**
     * One of a file id, data or a URL.
     *
     * @param fileId of a file uploaded to the server
     * @param data the file as a {@code data:} URL
     * @param url where the server fetches it
     */
    record File(Optional<String> fileId, Optional<String> data, Optional<String> url,
            Optional<String> filename) implements Content {

        public File {
            Objects.requireNonNull(fileId, "fileId");
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(filename, "filename");
            if (fileId.isEmpty() && data.isEmpty() && url.isEmpty()) {
                throw new IllegalArgumentException("A file needs an id, data or a url");
            }
        }
    }

    /**
     * @param data base64
     * @param format {@code wav}, {@code mp3}, ...
     */
    record Audio(String data, String format) implements Content {

        public Audio {
            Objects.requireNonNull(data, "data");
            Objects.requireNonNull(format, "format");
        }
    }

    /**
     * A part of a type that is not modelled here; it goes back exactly as it came.
     *
     * @param type the value of its {@code type} field
     * @param json the whole part
     */
    record Opaque(String type, RawJson json) implements Content {

        public Opaque {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(json, "json");
        }
    }
}
