package io.quarkiverse.llm.runtime.sse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a reader made of a stream, in order. */
final class Recorded implements SseHandler {

    final List<String> seen = new ArrayList<>();

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        seen.add(name + "|" + new String(data, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void comment() {
        seen.add("comment");
    }
}
