package io.quarkiverse.llm.runtime.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * As much of Chat Completions as the engine needs to be tested: text and its end. Under the name of the Responses API it speaks
 * the same, at the other path.
 */
record TestCodec(WireApi api) implements WireCodec {

    static final String REFUSED = "refuse to encode";
    static final String POISON = "poison";
    /** A text that counts as repaired. */
    static final String REPAIRED = "repaired";

    TestCodec() {
        this(WireApi.CHAT_COMPLETIONS);
    }

    static List<WireCodec> both() {
        return List.of(new TestCodec(WireApi.CHAT_COMPLETIONS), new TestCodec(WireApi.RESPONSES));
    }

    @Override
    public String path() {
        return api == WireApi.RESPONSES ? "responses" : "chat/completions";
    }

    /** Only one wire API knows stop sequences, only the other one earlier responses. */
    @Override
    public Optional<String> unsupported(LlmRequest request) {
        boolean stop = !request.options().stop().isEmpty();
        if (api == WireApi.RESPONSES && stop) {
            return Optional.of("stop");
        }
        if (api == WireApi.CHAT_COMPLETIONS && request.previousResponseId().isPresent()) {
            return Optional.of("previous_response_id");
        }
        return request.model().filter(REFUSED::equals);
    }

    @Override
    public byte[] encode(LlmRequest request, boolean stream) {
        unsupported(request).ifPresent(feature -> {
            throw new LlmUnsupportedException("test", feature);
        });
        return new JsonObject().put("model", "m").put("stream", stream).encode().getBytes(UTF_8);
    }

    @Override
    public ResponseDecoder decoder(LlmRequest request, Consumer<LlmEvent> events) {
        return new Decoder(events);
    }

    private static final class Decoder implements ResponseDecoder {

        private final Consumer<LlmEvent> events;
        private final StringBuilder text = new StringBuilder();
        private final Map<Repair, Integer> repairs = new EnumMap<>(Repair.class);
        private boolean started;
        private boolean finished;
        private boolean complete;

        Decoder(Consumer<LlmEvent> events) {
            this.events = events;
        }

        @Override
        public void event(String name, byte[] data, int offset, int length) {
            String json = new String(data, offset, length, UTF_8);
            if (json.equals("[DONE]")) {
                end();
                return;
            }
            JsonObject chunk = new JsonObject(json);
            if (chunk.containsKey("error")) {
                throw new LlmServerException(json, LlmErrorDetails.of("test"));
            }
            JsonArray choices = chunk.getJsonArray("choices");
            if (choices == null || choices.isEmpty()) {
                return;
            }
            JsonObject choice = choices.getJsonObject(0);
            delta(choice.getJsonObject("delta").getString("content"));
            finished |= choice.getString("finish_reason") != null;
        }

        private void delta(String delta) {
            if (POISON.equals(delta)) {
                throw new StackOverflowError(POISON);
            }
            if (REPAIRED.equals(delta)) {
                repairs.merge(Repair.MISSING_ITEM_ID, 1, Integer::sum);
            }
            if (delta != null && !delta.isEmpty()) {
                text.append(delta);
                start();
                events.accept(new LlmEvent.TextDelta("i", 0, 0, delta, Optional.empty()));
            }
        }

        private void start() {
            if (!started) {
                started = true;
                events.accept(new LlmEvent.ResponseStarted("r", "m", Instant.EPOCH));
            }
        }

        @Override
        public void body(byte[] data, int offset, int length) {
            JsonObject choice = new JsonObject(new String(data, offset, length, UTF_8)).getJsonArray("choices")
                    .getJsonObject(0);
            delta(choice.getJsonObject("message").getString("content"));
            finished = true;
            end();
        }

        @Override
        public void end() {
            if (!finished) {
                throw new LlmTruncatedStreamException("no finish", LlmErrorDetails.of("test"), null);
            }
            start();
            complete = true;
            events.accept(new LlmEvent.ResponseCompleted(response()));
        }

        private LlmResponse response() {
            return LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH).item(Message.assistant(text.toString()))
                    .build();
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        @Override
        public boolean mayEnd() {
            return finished;
        }

        @Override
        public Optional<LlmResponse> partial() {
            return started ? Optional.of(response()) : Optional.empty();
        }

        @Override
        public Map<Repair, Integer> repairs() {
            return repairs;
        }
    }
}
