package io.quarkiverse.llm.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.sse.SseReader;

/** One answer going through a codec's decoder, as a test sees it. */
public class CodecDecoding {

    public final List<LlmEvent> events = new ArrayList<>();
    public final ResponseDecoder decoder;

    protected CodecDecoding(WireCodec codec) {
        this(codec, LlmRequest.of("Hi"));
    }

    protected CodecDecoding(WireCodec codec, LlmRequest request) {
        decoder = codec.decoder(request, events::add);
    }

    /** The bytes of an event stream, then its end. */
    public final void stream(byte[] stream) {
        SseReader reader = new SseReader(1 << 20, decoder::event);
        reader.feed(stream, 0, stream.length);
        reader.finish();
        decoder.end();
    }

    public final void event(String payload) {
        event("", payload);
    }

    public final void event(String name, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        decoder.event(name, bytes, 0, bytes.length);
    }

    /** The payloads of a stream's events, then its end. */
    public final LlmResponse whole(List<String> payloads) {
        payloads.forEach(this::event);
        decoder.end();
        return response();
    }

    public final LlmResponse body(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        decoder.body(bytes, 0, bytes.length);
        return response();
    }

    /** Of an answer that has ended well. */
    public final LlmResponse response() {
        LlmResponse response = EventRules.checkWhole(events);
        assertThat(response.repairs()).isEqualTo(decoder.repairs());
        return response;
    }

    /** What the stream fails with. */
    public final LlmException failureOf(List<String> payloads) {
        try {
            payloads.forEach(this::event);
            decoder.end();
        } catch (LlmException e) {
            EventRules.check(events);
            return e;
        }
        throw new AssertionError("The stream did not fail");
    }

    public final <T extends LlmEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
