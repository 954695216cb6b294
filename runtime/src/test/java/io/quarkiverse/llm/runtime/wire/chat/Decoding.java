package io.quarkiverse.llm.runtime.wire.chat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;

/** One answer going through the decoder, as a test sees it. */
final class Decoding {

    final List<LlmEvent> events = new ArrayList<>();
    final ResponseDecoder decoder = new ChatCodec(TestSettings.of("http://localhost").build()).decoder(LlmRequest.of("Hi"),
            events::add);

    /** The payloads of a stream's events, then its end. */
    static LlmResponse ofEvents(List<String> payloads) {
        Decoding decoding = new Decoding();
        payloads.forEach(decoding::event);
        decoding.decoder.end();
        return EventRules.checkWhole(decoding.events);
    }

    static LlmResponse ofEvents(String... payloads) {
        return ofEvents(List.of(payloads));
    }

    /** The bytes of an event stream, then its end. */
    static LlmResponse ofStream(byte[] stream) {
        Decoding decoding = new Decoding();
        decoding.stream(stream);
        return EventRules.checkWhole(decoding.events);
    }

    static LlmResponse ofBody(String body) {
        Decoding decoding = new Decoding();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        decoding.decoder.body(bytes, 0, bytes.length);
        return EventRules.checkWhole(decoding.events);
    }

    void stream(byte[] stream) {
        SseReader reader = new SseReader(1 << 20, decoder::event);
        reader.feed(stream, 0, stream.length);
        reader.finish();
        decoder.end();
    }

    void event(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        decoder.event("", bytes, 0, bytes.length);
    }

    /** What the stream fails with. */
    static LlmException failure(String... payloads) {
        Decoding decoding = new Decoding();
        try {
            for (String payload : payloads) {
                decoding.event(payload);
            }
            decoding.decoder.end();
        } catch (LlmException e) {
            EventRules.check(decoding.events);
            return e;
        }
        throw new AssertionError("The stream did not fail");
    }

    <T extends LlmEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
