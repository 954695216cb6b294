package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.quarkiverse.llm.benchmarks.ResponsesEvents;
import io.quarkiverse.llm.benchmarks.Words;

/**
 * The bytes of a stream of the Responses API as OpenAI sends it. Each event is one HTTP chunk; that of a delta has 290 bytes.
 */
final class ResponsesChunks {

    private ResponsesChunks() {
    }

    /** All of it but the head. */
    static ByteBuf stream(Work work) {
        ResponsesEvents events = new ResponsesEvents(work.tools());
        StringBuilder stream = new StringBuilder(chunks(events.begin()));
        for (int i = 0; i < work.tokens(); i++) {
            stream.append(Chunks.httpChunk(
                    events.delta(work.tools() ? Words.arguments(i, work.tokens()) : Words.text(i), null)));
        }
        return Chunks.shared(stream.append(chunks(events.end())).append("0\r\n\r\n").toString());
    }

    private static String chunks(List<String> events) {
        return String.join("", events.stream().map(Chunks::httpChunk).toList());
    }
}
