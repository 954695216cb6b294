package io.quarkiverse.llm.runtime.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a server says of a failure, whatever shape it says it in.
 *
 * @param message for people; empty for none
 * @param code word or number; {@code null} for none
 * @param type {@code null} for none
 * @param param {@code null} for none
 * @param object what the server calls the whole; empty for nothing
 */
record ErrorBody(String message, String code, String type, String param, String object) {

    private static final int MAX_MESSAGE = 1000;
    private static final Pattern HTML_TITLE = Pattern.compile("<title[^>]*>(.*?)</title>",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static ErrorBody of(byte[] body) {
        return of(new String(body, StandardCharsets.UTF_8));
    }

    static ErrorBody of(String body) {
        String text = body.strip();
        if (text.startsWith("<")) {
            return ofText(htmlText(text));
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            try {
                return ofJson(Json.decodeValue(text));
            } catch (DecodeException e) {
                return ofText(text);
            }
        }
        return ofText(text);
    }

    private static ErrorBody ofText(String text) {
        return new ErrorBody(capped(text), null, null, null, "");
    }

    private static ErrorBody ofJson(Object json) {
        if (json instanceof JsonArray array) {
            return array.isEmpty() ? ofText("") : ofJson(array.getValue(0));
        }
        if (!(json instanceof JsonObject object)) {
            return ofText(String.valueOf(json));
        }
        Object error = object.getValue("error") == null ? errorOfChoice(object) : object.getValue("error");
        if (error instanceof JsonObject nested) {
            return ofObject(nested);
        }
        if (error instanceof String text) {
            return new ErrorBody(capped(text), word(object, "code"), word(object, "type"), word(object, "param"), "");
        }
        return ofObject(object);
    }

    /** OpenRouter puts it there when the provider behind it fails in the middle. */
    private static Object errorOfChoice(JsonObject object) {
        return object.getValue("choices") instanceof JsonArray choices && !choices.isEmpty()
                && choices.getValue(0) instanceof JsonObject choice ? choice.getValue("error") : null;
    }

    /** OpenAI's, llama.cpp's and the older vLLM's object, FastAPI's {@code detail}, and problem details (RFC 9457). */
    private static ErrorBody ofObject(JsonObject object) {
        String message = Stream.of("message", "msg", "detail", "errors", "title", "error_description")
                .map(name -> sentence(object.getValue(name))).filter(text -> !text.isEmpty()).findFirst()
                .orElseGet(object::encode);
        if (object.getValue("metadata") instanceof JsonObject metadata && metadata.getValue("raw") instanceof String raw) {
            // OpenRouter says "Provider returned error" and keeps the provider's own words here.
            message = message + ": " + raw;
        }
        String code = word(object, "code");
        return new ErrorBody(capped(message), code == null ? word(object, "status") : code, word(object, "type"),
                word(object, "param"), object.getValue("object") instanceof String name ? name : "");
    }

    private static String sentence(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof JsonArray array) {
            return array.stream().map(ErrorBody::sentence).filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
        }
        if (value instanceof JsonObject object) {
            String message = Stream.of("msg", "message", "detail").map(name -> sentence(object.getValue(name)))
                    .filter(text -> !text.isEmpty()).findFirst().orElseGet(object::encode);
            return object.getValue("loc") instanceof JsonArray place ? path(place) + ": " + message : message;
        }
        return "";
    }

    private static String path(JsonArray place) {
        return place.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    private static String word(JsonObject object, String name) {
        Object value = object.getValue(name);
        return value instanceof String || value instanceof Number ? value.toString() : null;
    }

    private static String htmlText(String html) {
        Matcher title = HTML_TITLE.matcher(html);
        String text = title.find() ? title.group(1)
                : html.replaceAll("(?s)<(script|style).*?</\\1>", " ").replaceAll("<[^>]*>", " ");
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String capped(String text) {
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "..." : text;
    }

    /** The HTTP status that the body itself names, as llama.cpp and OpenRouter do inside a stream. */
    OptionalInt status() {
        try {
            int status = code == null ? 0 : Integer.parseInt(code);
            return status >= 400 && status < 600 ? OptionalInt.of(status) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether code or type is one of these words. */
    boolean says(List<String> words) {
        return words.stream().anyMatch(word -> Objects.equals(code, word) || Objects.equals(type, word));
    }
}
