package io.quarkiverse.llm.runtime.wire.chat;

import java.util.List;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.wire.CodecDecoding;

/** One answer of Chat Completions going through the decoder, as a test sees it. */
final class Decoding extends CodecDecoding {

    Decoding() {
        this(TestSettings.of("http://localhost").build());
    }

    Decoding(ProviderSettings settings) {
        super(new ChatCodec(settings));
    }

    /** The payloads of a stream's events, then its end. */
    static LlmResponse ofEvents(List<String> payloads) {
        return new Decoding().whole(payloads);
    }

    static LlmResponse ofEvents(String... payloads) {
        return ofEvents(List.of(payloads));
    }

    /** The bytes of an event stream, then its end. */
    static LlmResponse ofStream(byte[] stream) {
        Decoding decoding = new Decoding();
        decoding.stream(stream);
        return decoding.response();
    }

    static LlmResponse ofBody(String body) {
        return new Decoding().body(body);
    }

    /** What the stream fails with. */
    static LlmException failure(String... payloads) {
        return new Decoding().failureOf(List.of(payloads));
    }
}
