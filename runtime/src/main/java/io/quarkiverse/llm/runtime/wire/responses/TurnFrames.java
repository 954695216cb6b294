package io.quarkiverse.llm.runtime.wire.responses;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.BodyWriter;

/**
 * The frames that a request may be sent in: they have its settings in common, and differ in how much of the input they bring.
 */
final class TurnFrames {

    private static final JsonFactory JSON = new JsonFactory();

    /** Written once: {@code ,"model":"m","tools":[]}. */
    private final byte[] settings;
    private final Map<String, RawJson> extraBody;
    private final Set<String> omitted;
    private final List<String> include;

    /**
     * @param settings everything that is neither the input nor said of it, as a JSON object
     * @param extraBody the fields that are in the settings whatever they say
     * @param omitted the fields that the server must not see
     */
    TurnFrames(byte[] settings, Map<String, RawJson> extraBody, Set<String> omitted, List<String> include) {
        this.settings = members(settings);
        this.extraBody = extraBody;
        this.omitted = omitted;
        this.include = include;
    }

    /** To be written behind another member. */
    private static byte[] members(byte[] object) {
        if (object.length == 2) {
            return new byte[0];
        }
        byte[] members = Arrays.copyOf(object, object.length - 1);
        members[0] = ',';
        return members;
    }

    byte[] settings() {
        return settings;
    }

    /**
     * @param previousResponseId what the input follows
     */
    byte[] frame(Optional<String> previousResponseId, List<Item> input) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(settings.length + 1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "response.create");
            json.flush();
            bytes.writeBytes(settings);
            BodyWriter body = new BodyWriter(json, extraBody, omitted::contains);
            body.texts("include", include);
            body.text("previous_response_id", previousResponseId);
            if (body.begins("input")) {
                InputWriter.write(input, json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
