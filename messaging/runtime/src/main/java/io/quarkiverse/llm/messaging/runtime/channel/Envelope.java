package io.quarkiverse.llm.messaging.runtime.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.messaging.runtime.contract.MalformedMessageException;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Headers and payload in one, for connectors that have no headers, or whose headers nobody has mapped. */
record Envelope(Map<String, String> headers, byte[] body) {

    private static final byte[] NOTHING = {};

    /**
     * @param json whether the payload is JSON, or anything
     */
    static byte[] write(Map<String, String> headers, byte[] payload, boolean json) {
        Map<String, RawJson> texts = new LinkedHashMap<>();
        headers.forEach((name, value) -> texts.put(name, RawJson.verbatim(JsonText.quoted(value))));
        Map<String, RawJson> envelope = new LinkedHashMap<>();
        envelope.put("headers", JsonText.object(texts));
        if (!json) {
            envelope.put("body_base64", RawJson.verbatim('"' + Base64.getEncoder().encodeToString(payload) + '"'));
        } else if (payload.length > 0) {
            envelope.put("body", RawJson.verbatim(new String(payload, UTF_8)));
        }
        return JsonText.object(envelope).text().getBytes(UTF_8);
    }

    /**
     * @throws MalformedMessageException with a sentence
     */
    static Envelope read(byte[] payload) {
        try {
            JsonFields envelope = JsonFields.of(new String(payload, UTF_8));
            Map<String, String> headers = new LinkedHashMap<>();
            envelope.required("headers").object().toMap().forEach((name, value) -> headers.put(name, value.string()));
            return new Envelope(headers, envelope.raw("body").map(body -> body.text().getBytes(UTF_8))
                    .or(() -> envelope.value("body_base64").map(Envelope::bytes)).orElse(NOTHING));
        } catch (JsonShapeException e) {
            throw new MalformedMessageException(
                    "The message has no headers of the contract, neither beside its payload nor in it: "
                            + e.getMessage(),
                    e);
        }
    }

    private static byte[] bytes(JsonValue base64) {
        try {
            return Base64.getDecoder().decode(base64.string());
        } catch (IllegalArgumentException e) {
            throw base64.wrong("must be Base64");
        }
    }
}
