package io.quarkiverse.llm.runtime.structured;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmIncompleteException;
import io.quarkiverse.llm.LlmRefusalException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.OutputType;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.config.SettingKey;

/** A type with its schema and the mapper that binds it. */
final class BoundType<T> implements OutputType<T> {

    private final Class<T> type;
    private final PreparedSchema schema;
    private final AnswerText text;
    private final ObjectReader binding;

    BoundType(Class<T> type, PreparedSchema schema, ObjectMapper mapper, BindingMapper binding) {
        this.type = type;
        this.schema = schema;
        this.text = new AnswerText(mapper);
        // what a server that was only told the schema adds is no reason to lose the rest
        this.binding = binding.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    @Override
    public OutputFormat.JsonSchema format() {
        return schema.format();
    }

    @Override
    public T read(String provider, LlmResponse response) {
        try {
            requireAnswer(provider, response);
            return value(provider, lastText(response));
        } catch (LlmException e) {
            throw e.initPartial(response);
        }
    }

    private static void requireAnswer(String provider, LlmResponse response) {
        String subject = SettingKey.subject(provider);
        Optional<String> refusal = response.refusal();
        if (refusal.isPresent()) {
            throw new LlmRefusalException(subject + ": the model refused to answer: " + refusal.get(), refusal.get(),
                    LlmErrorDetails.of(provider));
        } else if (response.status() != ResponseStatus.COMPLETED) {
            String reason = response.incompleteReason().orElse(response.status().wireName());
            throw new LlmIncompleteException(subject + ": the answer is not whole: " + reason, reason,
                    LlmErrorDetails.of(provider));
        } else if (!response.toolCalls().isEmpty()) {
            String names = response.toolCalls().stream().map(ToolCall::name).distinct().collect(Collectors.joining(", "));
            throw new LlmIncompleteException(subject + ": the model did not answer but called tools (" + names
                    + "): execute the calls of partial(), append their outputs and ask again",
                    LlmIncompleteException.TOOL_CALLS,
                    LlmErrorDetails.of(provider));
        }
    }

    /** A model that comments on what it does says so in messages before its answer. */
    private static String lastText(LlmResponse response) {
        List<String> texts = response.output().stream().filter(Message.class::isInstance)
                .map(item -> ((Message) item).text()).filter(text -> !text.isBlank()).toList();
        return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    }

    private T value(String provider, String answer) {
        List<JsonNode> found;
        try {
            found = text.read(answer);
        } catch (JsonProcessingException e) {
            throw new LlmDecodeException(prefix(provider) + "it is no JSON: " + e.getOriginalMessage(), answer,
                    LlmErrorDetails.of(provider), e);
        }
        if (found.get(0).isMissingNode()) {
            throw new LlmDecodeException(prefix(provider) + "there is no text", answer, LlmErrorDetails.of(provider), null);
        }
        // examples and drafts come before the answer
        LlmDecodeException failure = null;
        for (int i = found.size() - 1; i >= 0; i--) {
            try {
                return value(provider, answer, found.get(i));
            } catch (LlmDecodeException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure;
    }

    private T value(String provider, String answer, JsonNode found) {
        JsonNode json = found;
        JsonNode expected = schema.schema();
        String path = AnswerPath.ROOT;
        if (schema.wrapped()) {
            expected = expected.at("/properties/" + OutputSchema.VALUE);
            // a model that was only told the schema may leave the wrapper out
            if (json.isObject() && json.size() == 1 && json.has(OutputSchema.VALUE)) {
                json = json.get(OutputSchema.VALUE);
                path = AnswerPath.property(path, OutputSchema.VALUE);
            }
        }
        Optional<SchemaCheck.Misfit> misfit = new SchemaCheck(schema.schema()).of(expected, json, path);
        if (misfit.isPresent()) {
            throw mismatch(provider, answer, misfit.get().path(), misfit.get().what(), null);
        }
        return bind(provider, answer, json, path);
    }

    private T bind(String provider, String answer, JsonNode json, String path) {
        try {
            return binding.readValue(json);
        } catch (JsonMappingException e) {
            String place = path + AnswerPath.of(e.getPath()).substring(AnswerPath.ROOT.length());
            throw mismatch(provider, answer, place, "does not fit: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw mismatch(provider, answer, path, "does not fit: " + e.getMessage(), e);
        }
    }

    private LlmDecodeException mismatch(String provider, String answer, String path, String what, Exception cause) {
        return new LlmDecodeException(prefix(provider) + path + " " + what, answer, Optional.of(path),
                LlmErrorDetails.of(provider), cause);
    }

    private String prefix(String provider) {
        return SettingKey.subject(provider) + ": the answer is no " + type.getSimpleName() + ": ";
    }
}
