package io.quarkiverse.llm.runtime.wire.chat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.vertx.core.json.JsonObject;

/** The chunks of one answer, as a test sees them. */
final class Chunks {

    final List<String> lines = new ArrayList<>();
    final EventEncoder encoder;

    Chunks(ReasoningField reasoning, boolean includeUsage) {
        encoder = new ChatServerCodec(reasoning).encoder(request(includeUsage), this::take);
    }

    static ReceivedRequest request(boolean includeUsage) {
        return new ReceivedRequest(LlmRequest.of("Hi"), true, includeUsage, Map.of(), Map.of(), List.of());
    }

    static Chunks of(List<LlmEvent> events) {
        Chunks chunks = new Chunks(ReasoningField.REASONING_CONTENT, true);
        events.forEach(chunks.encoder);
        return chunks;
    }

    private void take(String type, byte[] json, int offset, int length) {
        String line = new String(json, offset, length, StandardCharsets.UTF_8);
        if (!type.isEmpty() || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new AssertionError("Not one line without a type: " + type + " " + line);
        }
        lines.add(line);
    }

    JsonObject chunk(int index) {
        return new JsonObject(lines.get(index));
    }

    List<JsonObject> all() {
        return lines.stream().map(JsonObject::new).toList();
    }

    /** The deltas of the chunks with a choice. */
    List<String> deltas() {
        return all().stream().filter(chunk -> !chunk.getJsonArray("choices").isEmpty())
                .map(chunk -> chunk.getJsonArray("choices").getJsonObject(0).getJsonObject("delta").encode()).toList();
    }

    /** The payloads with the end that the caller writes. */
    List<String> payloads() {
        List<String> payloads = new ArrayList<>(lines);
        payloads.add("[DONE]");
        return payloads;
    }
}
