package io.quarkiverse.llm.runtime.wire.chat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.json.OptionalFields;
import io.quarkiverse.llm.runtime.wire.Logprobs;

/** Writes a whole answer. */
final class CompletionWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final ReasoningField reasoning;

    CompletionWriter(ReasoningField reasoning) {
        this.reasoning = reasoning;
    }

    byte[] write(LlmResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(response, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(LlmResponse response, JsonGenerator json) throws IOException {
        List<Content> content = response.output().stream().filter(Message.class::isInstance)
                .flatMap(item -> ((Message) item).content().stream()).toList();
        List<Content.Text> texts = content.stream().filter(Content.Text.class::isInstance).map(Content.Text.class::cast)
                .toList();
        json.writeStartObject();
        json.writeStringField("id", CompletionForm.id(response.id()));
        json.writeStringField("object", "chat.completion");
        json.writeNumberField("created", response.createdAt().getEpochSecond());
        json.writeStringField("model", response.model());
        json.writeArrayFieldStart("choices");
        json.writeStartObject();
        json.writeNumberField("index", 0);
        json.writeFieldName("message");
        writeMessage(response, texts, json);
        json.writeFieldName("logprobs");
        CompletionForm.writeLogprobs(logprobs(texts), json);
        json.writeStringField("finish_reason", CompletionForm.finishReason(response));
        json.writeEndObject();
        json.writeEndArray();
        if (response.usage().isPresent()) {
            json.writeFieldName("usage");
            CompletionForm.writeUsage(response.usage().get(), json);
        }
        OptionalFields.string(json, "service_tier", response.serviceTier());
        json.writeEndObject();
    }

    private void writeMessage(LlmResponse response, List<Content.Text> texts, JsonGenerator json) throws IOException {
        List<ToolCall> calls = response.output().stream().filter(ToolCall.class::isInstance).map(ToolCall.class::cast)
                .filter(call -> !call.name().isEmpty()).toList();
        List<Annotation> annotations = texts.stream().flatMap(text -> text.annotations().stream())
                .filter(ShownAnnotation::isShown).toList();
        Optional<String> refusal = response.refusal();
        String text = response.text();
        json.writeStartObject();
        json.writeStringField("role", "assistant");
        json.writeStringField("content", text.isEmpty() && (!calls.isEmpty() || refusal.isPresent()) ? null : text);
        json.writeStringField("refusal", refusal.orElse(null));
        String thoughts = reasoning == ReasoningField.NONE ? "" : ShownReasoning.of(response.output());
        if (!thoughts.isEmpty()) {
            json.writeStringField(reasoning.wireName(), thoughts);
        }
        if (!calls.isEmpty()) {
            json.writeArrayFieldStart("tool_calls");
            for (ToolCall call : calls) {
                writeCall(call, json);
            }
            json.writeEndArray();
        }
        if (!annotations.isEmpty()) {
            json.writeArrayFieldStart("annotations");
            for (Annotation annotation : annotations) {
                ShownAnnotation.write(annotation, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeCall(ToolCall call, JsonGenerator json) throws IOException {
        boolean custom = call.kind() == ToolCall.Kind.CUSTOM;
        json.writeStartObject();
        json.writeStringField("id", call.callId());
        json.writeStringField("type", custom ? "custom" : "function");
        json.writeObjectFieldStart(custom ? "custom" : "function");
        json.writeStringField("name", call.name());
        json.writeStringField(custom ? "input" : "arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Optional<RawJson> logprobs(List<Content.Text> texts) {
        return Logprobs.join(texts.stream().flatMap(text -> text.logprobs().stream()).toList());
    }
}
