package io.quarkiverse.llm.runtime.wire.responses;

import java.util.List;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.CodecDecoding;

/** One answer of the Responses API going through the decoder, as a test sees it. */
final class Decoding extends CodecDecoding {

    Decoding() {
        this(settings().build());
    }

    Decoding(ProviderSettings settings) {
        super(new ResponsesCodec(settings));
    }

    Decoding(LlmRequest request) {
        super(new ResponsesCodec(settings().build()), request);
    }

    static Decoding strict() {
        return new Decoding(settings().decoding(io.quarkiverse.llm.runtime.config.Decoding.STRICT).build());
    }

    static TestSettings settings() {
        return TestSettings.of("http://localhost").api(WireApi.RESPONSES);
    }

    /** The payloads of a stream's events, then its end. */
    static LlmResponse ofEvents(List<String> payloads) {
        return new Decoding().whole(payloads);
    }

    static LlmResponse ofEvents(String... payloads) {
        return ofEvents(List.of(payloads));
    }

    static LlmResponse ofBody(String body) {
        return new Decoding().body(body);
    }

    /** What the stream fails with. */
    static LlmException failure(String... payloads) {
        return new Decoding().failureOf(List.of(payloads));
    }
}
