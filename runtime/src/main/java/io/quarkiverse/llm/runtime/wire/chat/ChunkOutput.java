package io.quarkiverse.llm.runtime.wire.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Usage;
import io.quarkiverse.llm.runtime.wire.EventLine;

/** Writes chunks, which all begin alike and mostly end alike. */
final class ChunkOutput {

    private static final JsonFactory JSON = new JsonFactory();
    /** Events of Chat Completions have none. */
    private static final String NO_TYPE = "";

    private final EventLine line;
    private final JsonGenerator json;
    /** From the first brace to the name of the model. */
    private final String identity;
    private final String noUsage;
    /** What follows the text of a delta where there is nothing more to say. */
    private final SerializedString tail;

    /**
     * @param includeUsage whether each chunk says that its usage is not known yet
     */
    ChunkOutput(EventLine line, ResponseStarted start, boolean includeUsage) {
        this.line = line;
        this.json = line.json();
        this.identity = identity(start);
        this.noUsage = includeUsage ? ",\"usage\":null" : "";
        this.tail = tail("");
    }

    /** Written by a generator: a name may have characters that Jackson can only write as escapes. */
    private static String identity(ResponseStarted start) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", CompletionForm.id(start.responseId()));
            json.writeStringField("object", "chat.completion.chunk");
            json.writeNumberField("created", start.createdAt().getEpochSecond());
            json.writeStringField("model", start.model());
            // without the brace at the end
            json.flush();
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes something of a chunk. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * All up to the text of a chunk of which only the text is new.
     *
     * @param field what stands between the beginning of the delta and the text
     */
    SerializedString head(String field) {
        return new SerializedString(identity + ",\"choices\":[{\"index\":0,\"delta\":{" + field);
    }

    /** What follows the text of a field of the delta. */
    SerializedString tail() {
        return tail;
    }

    /**
     * What follows a text that stands deeper in the delta.
     *
     * @param field the end of the field
     */
    SerializedString tail(String field) {
        return new SerializedString(field + "},\"logprobs\":null,\"finish_reason\":null}]" + noUsage + "}");
    }

    /** A chunk of which only the text is new. */
    void text(SerializableString textHead, String text, SerializableString textTail) {
        try {
            json.writeRaw(textHead);
            json.writeString(text);
            json.writeRaw(textTail);
            line.send(NO_TYPE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chunk with these fields in its delta. */
    void delta(Fields delta) {
        delta(delta, Optional.empty());
    }

    void delta(Fields delta, Optional<RawJson> logprobs) {
        send(() -> {
            writeChoice(delta, logprobs, null);
            json.writeRaw(noUsage);
        });
    }

    /** The last chunk with a choice. */
    void finish(String reason, Optional<String> serviceTier) {
        send(() -> {
            writeChoice(empty -> {
            }, Optional.empty(), reason);
            json.writeRaw(noUsage);
            writeServiceTier(serviceTier);
        });
    }

    /** The chunk without a choice. */
    void usage(Usage usage, Optional<String> serviceTier) {
        send(() -> {
            json.writeRaw(identity);
            json.writeRaw(",\"choices\":[],\"usage\":");
            CompletionForm.writeUsage(usage, json);
            writeServiceTier(serviceTier);
        });
    }

    private void writeChoice(Fields delta, Optional<RawJson> logprobs, String finishReason) throws IOException {
        json.writeRaw(identity);
        json.writeRaw(",\"choices\":[{\"index\":0,\"delta\":");
        json.writeStartObject();
        delta.write(json);
        json.writeEndObject();
        json.writeRaw(",\"logprobs\":");
        CompletionForm.writeLogprobs(logprobs, json);
        json.writeRaw(",\"finish_reason\":");
        json.writeString(finishReason);
        json.writeRaw("}]");
    }

    private void writeServiceTier(Optional<String> serviceTier) throws IOException {
        if (serviceTier.isPresent()) {
            json.writeRaw(",\"service_tier\":");
            json.writeString(serviceTier.get());
        }
    }

    @FunctionalInterface
    private interface Content {
        void write() throws IOException;
    }

    /** All but the last brace is written by the content. */
    private void send(Content content) {
        try {
            content.write();
            json.writeRaw('}');
            line.sendJoined(NO_TYPE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
