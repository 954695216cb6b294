package io.quarkiverse.llm.runtime.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.RawJson;

/** What may be secret of a field that is configured for the body of requests: its strings, however deep they are in it. */
final class BodySecrets {

    private static final JsonFactory JSON = new JsonFactory();
    /** What servers define, such as {@code enabled} and {@code json_object}: answers are full of these words. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[a-z_]{1,12}");

    private BodySecrets() {
    }

    static List<String> of(RawJson value) {
        List<String> secrets = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(value.text())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && !PLAIN_WORD.matcher(parser.getText()).matches()) {
                    secrets.add(parser.getText());
                }
            }
        } catch (IOException e) {
            // it was read when it was configured
            throw new UncheckedIOException(e);
        }
        return secrets;
    }
}
