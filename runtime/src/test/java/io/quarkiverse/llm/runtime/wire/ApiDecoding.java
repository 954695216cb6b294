package io.quarkiverse.llm.runtime.wire;

import java.util.Arrays;
import java.util.Random;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.sse.SseReader;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Api;

/** One answer in either wire API going through its decoder, as a test sees it. */
public final class ApiDecoding extends CodecDecoding {

    private static final int MOST = 1 << 20;

    ApiDecoding(Api api) {
        super(codec(api, TestSettings.of("http://localhost").build()));
    }

    public static WireCodec codec(Api api, ProviderSettings settings) {
        return api == Api.RESPONSES ? new ResponsesCodec(settings) : new ChatCodec(settings);
    }

    static LlmResponse ofStream(Api api, byte[] stream) {
        ApiDecoding decoding = new ApiDecoding(api);
        decoding.stream(stream);
        return decoding.response();
    }

    /** A stream as a network delivers it. */
    void inPieces(byte[] stream, Random random) {
        SseReader reader = new SseReader(MOST, decoder::event);
        for (int from = 0; from < stream.length;) {
            int length = Math.min(stream.length - from, 1 + random.nextInt(60));
            byte[] piece = Arrays.copyOfRange(stream, from, from + length);
            reader.feed(piece, 0, length);
            from += length;
        }
        reader.finish();
        decoder.end();
    }
}
