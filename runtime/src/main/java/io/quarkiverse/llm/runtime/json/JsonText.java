package io.quarkiverse.llm.runtime.json;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonGeneratorImpl;

import io.quarkiverse.llm.RawJson;

/** The way between Jackson's streams and text that is already JSON. */
public final class JsonText {

    /**
     * Nothing is limited but the depth: the text is in memory already, what its sender may send is limited where it is
     * received, and numbers stay the text that they are.
     */
    static final StreamReadConstraints LIMITS = StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE).maxNumberLength(Integer.MAX_VALUE).build();

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .build();

    private JsonText() {
    }

    /** An object of these fields, each to the letter. */
    public static RawJson object(Map<String, RawJson> fields) {
        StringBuilder text = new StringBuilder("{");
        fields.forEach((name, value) -> {
            text.append(text.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value.text());
        });
        return RawJson.verbatim(text.append('}').toString());
    }

    /** The characters as a JSON string. */
    public static String quoted(String characters) {
        return escapeHalves('"' + new String(JsonStringEncoder.getInstance().quoteAsString(characters)) + '"');
    }

    /** Writes a value byte for byte; what has no text, such as a tree, gets its content. */
    public static void write(JsonGenerator out, RawJson json) throws IOException {
        if (out instanceof JsonGeneratorImpl) {
            out.writeRawValue(json.text());
            return;
        }
        try (JsonParser parser = FACTORY.createParser(json.text())) {
            parser.nextToken();
            out.copyCurrentStructureExact(parser);
        }
    }

    /** Writes a field. */
    public static void write(JsonGenerator out, String name, RawJson json) throws IOException {
        out.writeFieldName(name);
        write(out, json);
    }

    /** Writes a name that may be of any characters: a plain one gets emojis as escapes, which Jackson cannot read as a name. */
    public static void writeName(JsonGenerator out, String name) throws IOException {
        out.writeFieldName(new SerializedString(name));
    }

    /** Writes a field if there is a value. */
    public static void writeIfPresent(JsonGenerator out, String name, Optional<RawJson> json) throws IOException {
        if (json.isPresent()) {
            write(out, name, json.get());
        }
    }

    /**
     * The text of the value the parser stands at; it stands at the end of the value afterwards. Numbers keep their text; white
     * space and the choice of escapes are lost to a parser that was made elsewhere.
     */
    static String read(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (token != null) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    out.writeNumber(parser.getText());
                } else {
                    out.copyCurrentEvent(parser);
                }
                token = depth == 0 ? null : parser.nextToken();
                if (token == JsonToken.FIELD_NAME) {
                    out.writeFieldName(parser.currentName());
                    token = parser.nextToken();
                }
            }
        }
        return escapeHalves(text.toString());
    }

    /** Halves of surrogate pairs, which cut streams leave behind, have no UTF-8: they can only stand as escapes. */
    private static String escapeHalves(String text) {
        StringBuilder escaped = null;
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                i++;
                continue;
            }
            escaped = escaped == null ? new StringBuilder(text.length() + 16) : escaped;
            escaped.append(text, copied, i).append(String.format("\\u%04X", (int) text.charAt(i)));
            copied = i + 1;
        }
        return escaped == null ? text : escaped.append(text, copied, text.length()).toString();
    }
}
