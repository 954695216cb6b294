package io.quarkiverse.llm.runtime.wire.chat;

import static io.quarkiverse.llm.runtime.wire.StreamingJson.integer;
import static io.quarkiverse.llm.runtime.wire.StreamingJson.position;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.PayloadTemplate;
import io.quarkiverse.llm.runtime.wire.StreamingJson;

/**
 * Reads one chunk ({@code chat.completion.chunk}) or whole answer ({@code chat.completion}) straight from its bytes: takes
 * the few fields that matter and skips the rest. A field of an unexpected type is skipped too. For one thread at a time.
 */
final class ChatChunkReader {

    private final ChatChunk chunk = new ChatChunk();
    private final PayloadTemplate template = new PayloadTemplate();
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
        try (JsonParser parser = StreamingJson.parser(data, offset, length)) {
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
                case "id" -> chunk.id = identified ? null : nonEmpty(StreamingJson.text(parser, value));
                case "model" -> chunk.model = identified ? null : nonEmpty(StreamingJson.text(parser, value));
                case "created" -> chunk.created = identified ? skip(parser) : instant(parser, value);
                case "service_tier" -> chunk.serviceTier = StreamingJson.text(parser, value);
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
                    String reason = nonEmpty(StreamingJson.text(parser, value));
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
                case "refusal" -> chunk.refusal = StreamingJson.text(parser, value);
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
                case "refusal" -> chunk.refusal = StreamingJson.text(parser, value);
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
            String text = StreamingJson.text(parser, parser.nextToken());
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

    private void readError(JsonParser parser, JsonToken value) throws IOException {
        chunk.hasError |= StreamingJson.isError(parser, value);
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

    /** As {@link StreamingJson#text}, of what is likely to be another string in the next chunk. */
    String text(JsonParser parser, JsonToken value, ChatChunk.Text which) throws IOException {
        String text = StreamingJson.text(parser, value);
        if (value == JsonToken.VALUE_STRING && !text.isEmpty()) {
            template.text(position(parser));
            varying = which;
            varyingText = text;
        }
        return text;
    }

    private static String nonEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static <T> T skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }

    private static Instant instant(JsonParser parser, JsonToken value) throws IOException {
        return value.isNumeric() ? StreamingJson.instant(parser.getDoubleValue()) : skip(parser);
    }

    /** The current value, exactly as it stands in the bytes. */
    RawJson raw(JsonParser parser) throws IOException {
        return StreamingJson.raw(parser, data, offset);
    }
}
