package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;

import io.quarkiverse.llm.RawJson;

/**
 * Reads one chunk ({@code chat.completion.chunk}) or whole answer ({@code chat.completion}) straight from its bytes: takes
 * the few fields that matter and skips the rest. A field of an unexpected type is skipped too. For one thread at a time.
 */
final class ChatChunkReader {

    /** How long an answer may be is decided before: nothing in it needs a limit of its own. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE).maxNestingDepth(Integer.MAX_VALUE).build())
            // Python writes NaN and Infinity.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final double MILLISECONDS_FROM = 1e11;

    private final ChatChunk chunk = new ChatChunk();
    private final ChunkTemplate template = new ChunkTemplate();
    /** The string of the chunk that is likely to be another in the next. */
    private ChatChunk.Text varying;
    private String varyingText;
    private byte[] data;
    private int offset;
    private boolean identified;
    private boolean started;

    /**
     * @param identified whether id, model and time are known already and need not be read
     * @param started whether content has come already
     * @return the same instance for each call
     * @throws IOException when the bytes are not JSON
     */
    ChatChunk read(byte[] data, int offset, int length, boolean identified, boolean started)
            throws IOException {
        String text = identified == this.identified && started == this.started ? template.match(data, offset, length) : null;
        if (text != null) {
            chunk.set(varying, text);
            return chunk;
        }
        this.data = data;
        this.offset = offset;
        this.identified = identified;
        this.started = started;
        parse(length);
        if (varyingText != null && varyingText == chunk.get(varying)) {
            template.keep(data, offset, length);
        }
        return chunk;
    }

    private void parse(int length) throws IOException {
        chunk.clear();
        template.clear();
        varyingText = null;
        try (JsonParser parser = JSON.createParser(data, offset, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readAnswer(parser);
            } else if (parser.currentToken() == null) {
                throw new IOException("nothing in it");
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON value");
            }
        }
    }

    private void readAnswer(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> chunk.id = identified ? null : nonEmpty(text(parser, value));
                case "model" -> chunk.model = identified ? null : nonEmpty(text(parser, value));
                case "created" -> chunk.created = identified ? skip(parser) : instant(parser, value);
                case "service_tier" -> chunk.serviceTier = text(parser, value);
                case "choices" -> readEach(parser, value, this::readChoice);
                case "usage" -> readUsage(parser, value);
                case "x_groq" -> readGroq(parser, value);
                case "error" -> readError(parser, value);
                case "obfuscation" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        template.ignored(position(parser));
                    }
                    parser.skipChildren();
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void readChoice(JsonParser parser) throws IOException {
        chunk.furtherChoice = chunk.hasChoice ? 1 : chunk.furtherChoice;
        chunk.hasChoice = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "index" -> chunk.furtherChoice = Math.max(chunk.furtherChoice, integer(parser, value, 0));
                case "delta" -> readEach(parser, value, this::readDelta);
                case "message" -> {
                    if (started) {
                        // Some streams end with the whole answer once more.
                        parser.skipChildren();
                    } else {
                        readEach(parser, value, this::readDelta);
                    }
                }
                case "error" -> readError(parser, value);
                case "finish_reason" -> {
                    String reason = nonEmpty(text(parser, value));
                    chunk.finishReason = reason == null ? chunk.finishReason : reason;
                }
                case "logprobs" -> readLogprobs(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    private void readDelta(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "content" -> readContent(parser, value);
                case "reasoning_content" -> {
                    String text = text(parser, value, ChatChunk.Text.REASONING_CONTENT);
                    if (text != null) {
                        chunk.addReasoning(text);
                    }
                }
                case "reasoning" -> chunk.reasoning = text(parser, value, ChatChunk.Text.REASONING);
                case "refusal" -> chunk.refusal = text(parser, value);
                case "tool_calls" -> readEach(parser, value, call -> ToolFragmentReader.read(call, this, chunk));
                case "function_call" ->
                    readEach(parser, value, call -> ToolFragmentReader.readFunction(call, this, chunk));
                case "annotations" -> readEach(parser, value, annotation -> chunk.annotations.add(
                        AnnotationReader.read(raw(annotation))));
                default -> parser.skipChildren();
            }
        }
    }

    /** A string, or parts as Mistral sends them: {@code text}, {@code thinking}, and others that are not read. */
    private void readContent(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            chunk.addContent(text(parser, value, ChatChunk.Text.CONTENT));
        } else {
            readEach(parser, value, this::readPart);
        }
    }

    private void readPart(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "text" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        chunk.addContent(parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                }
                case "refusal" -> chunk.refusal = text(parser, value);
                case "thinking" -> {
                    if (value == JsonToken.VALUE_STRING) {
                        chunk.addReasoning(parser.getText());
                    } else {
                        readEach(parser, value, this::readThought);
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void readThought(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isText = parser.currentName().equals("text");
            String text = text(parser, parser.nextToken());
            if (isText && text != null) {
                chunk.addReasoning(text);
            }
        }
    }

    private void readLogprobs(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean ofContent = parser.currentName().equals("content");
            if (parser.nextToken() == JsonToken.START_ARRAY && ofContent) {
                chunk.logprobs = raw(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readGroq(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isUsage = parser.currentName().equals("usage");
            JsonToken field = parser.nextToken();
            if (isUsage) {
                readUsage(parser, field);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readUsage(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            UsageReader.read(parser).ifPresent(usage -> chunk.usage = usage);
        } else {
            parser.skipChildren();
        }
    }

    /** Any value that says something is an error, as the official clients see it. */
    private void readError(JsonParser parser, JsonToken value) throws IOException {
        chunk.hasError |= switch (value) {
            case VALUE_NULL, VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getTextLength() > 0;
            default -> true;
        };
        parser.skipChildren();
    }

    /** Each object of an array; a single object where an array is expected counts as one. */
    static void readEach(JsonParser parser, JsonToken value, ObjectReader reader) throws IOException {
        if (value == JsonToken.START_OBJECT) {
            reader.read(parser);
        } else if (value == JsonToken.START_ARRAY) {
            for (JsonToken element = parser.nextToken(); element != JsonToken.END_ARRAY; element = parser.nextToken()) {
                if (element == JsonToken.START_OBJECT) {
                    reader.read(parser);
                } else if (element == null) {
                    return;
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    @FunctionalInterface
    interface ObjectReader {
        void read(JsonParser parser) throws IOException;
    }

    /** A string or a number as text; anything else is skipped and gives {@code null}. */
    static String text(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** As {@link #text(JsonParser, JsonToken)}, of what is likely to be another string in the next chunk. */
    String text(JsonParser parser, JsonToken value, ChatChunk.Text which) throws IOException {
        String text = text(parser, value);
        if (value == JsonToken.VALUE_STRING && !text.isEmpty()) {
            template.text(position(parser));
            varying = which;
            varyingText = text;
        }
        return text;
    }

    static int integer(JsonParser parser, JsonToken value, int otherwise) throws IOException {
        if (value.isNumeric()) {
            return (int) parser.getDoubleValue();
        }
        if (value == JsonToken.VALUE_STRING) {
            return parser.getValueAsInt(otherwise);
        }
        parser.skipChildren();
        return otherwise;
    }

    private static String nonEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static <T> T skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }

    /** Seconds, whole or not; servers that send milliseconds are told by the size. */
    private static Instant instant(JsonParser parser, JsonToken value) throws IOException {
        if (!value.isNumeric()) {
            return skip(parser);
        }
        double seconds = parser.getDoubleValue();
        return seconds <= 0 ? null
                : Instant.ofEpochMilli(Math.round(seconds < MILLISECONDS_FROM ? seconds * 1000 : seconds));
    }

    private static int position(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The current value, exactly as it stands in the bytes. */
    RawJson raw(JsonParser parser) throws IOException {
        int from = position(parser);
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return RawJson.verbatim(new String(data, offset + from, to - from, StandardCharsets.UTF_8));
    }
}
