package io.quarkiverse.llm.runtime.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.llm.Secret;

/** The body of a request, for people, with some of its top-level fields masked. */
final class MaskedBody {

    private static final JsonFactory JSON = new JsonFactory();

    /** Still JSON. */
    private static final String MASK = '"' + Secret.MASK + '"';

    private MaskedBody() {
    }

    static String of(byte[] body, Set<String> secretFields) {
        if (secretFields.isEmpty() || body.length == 0) {
            return new String(body, StandardCharsets.UTF_8);
        }
        StringBuilder shown = new StringBuilder(body.length);
        int copied = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean secret = secretFields.contains(parser.currentName());
                parser.nextToken();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                if (secret) {
                    shown.append(new String(body, copied, from - copied, StandardCharsets.UTF_8)).append(MASK);
                    copied = (int) parser.currentLocation().getByteOffset();
                }
            }
        } catch (IOException e) {
            return "(no JSON)";
        }
        return shown.append(new String(body, copied, body.length - copied, StandardCharsets.UTF_8)).toString();
    }
}
