package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.StreamingJson;

/** Reads an element of {@code tool_calls}, or the older {@code function_call}. */
final class ToolFragmentReader {

    private int index = -1;
    private String id;
    private ToolCall.Kind kind = ToolCall.Kind.FUNCTION;
    private String name;
    private String arguments;
    private final ChatChunkReader reader;

    private ToolFragmentReader(ChatChunkReader reader) {
        this.reader = reader;
    }

    static void read(JsonParser parser, ChatChunkReader reader, ChatChunk chunk) throws IOException {
        ToolFragmentReader fragment = new ToolFragmentReader(reader);
        fragment.readCall(parser);
        chunk.toolFragments.add(fragment.fragment());
    }

    /** The older form, which knows one call only. */
    static void readFunction(JsonParser parser, ChatChunkReader reader, ChatChunk chunk) throws IOException {
        ToolFragmentReader fragment = new ToolFragmentReader(reader);
        fragment.index = 0;
        fragment.readFunction(parser);
        chunk.toolFragments.add(fragment.fragment());
    }

    private ChatChunk.ToolFragment fragment() {
        return new ChatChunk.ToolFragment(index, id, kind, name, arguments);
    }

    private void readCall(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "index" -> index = StreamingJson.integer(parser, value, -1);
                case "id" -> id = StreamingJson.text(parser, value);
                case "function", "custom" -> {
                    if (value == JsonToken.START_OBJECT) {
                        kind = field.equals("custom") ? ToolCall.Kind.CUSTOM : ToolCall.Kind.FUNCTION;
                    }
                    ChatChunkReader.readEach(parser, value, this::readFunction);
                }
                default -> readFunctionField(parser, field, value);
            }
        }
    }

    private void readFunction(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            readFunctionField(parser, field, parser.nextToken());
        }
    }

    private void readFunctionField(JsonParser parser, String field, JsonToken value) throws IOException {
        switch (field) {
            case "name" -> name = StreamingJson.text(parser, value);
            // Ollama's own form and some proxies give the arguments as JSON and not as a string that holds it.
            case "arguments", "input" -> arguments = value == JsonToken.VALUE_NULL ? null
                    : value == JsonToken.VALUE_STRING ? reader.text(parser, value, ChatChunk.Text.ARGUMENTS)
                            : reader.raw(parser).text();
            default -> parser.skipChildren();
        }
    }
}
