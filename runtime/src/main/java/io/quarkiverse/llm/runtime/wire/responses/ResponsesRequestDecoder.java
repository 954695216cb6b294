package io.quarkiverse.llm.runtime.wire.responses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.RequestReader;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * Decodes requests of the Responses API: {@link RequestReader} what is asked, which must be right, and {@link InputReader} the
 * conversation, which is taken as it comes.
 */
final class ResponsesRequestDecoder {

    /** The fields that the model has. Two of them are not in the API and servers take them. */
    private static final Set<String> MODELLED = Set.of("model", "input", "instructions", "previous_response_id", "conversation",
            "store", "background", "stream", "max_output_tokens", "max_tool_calls", "parallel_tool_calls", "tools",
            "tool_choice", "text", "reasoning", "temperature", "top_p", "presence_penalty", "frequency_penalty",
            "top_logprobs", "include", "truncation", "service_tier", "metadata", "prompt_cache_key", "safety_identifier",
            "seed",
            "stop");
    /** The fields that the API has besides; {@code client_metadata} is of Codex, the last two are of WebSocket. */
    private static final Set<String> OF_API = Set.of("prompt", "context_management", "moderation", "access_programs",
            "prompt_cache_retention", "prompt_cache_options", "user", "stream_options", "client_metadata", "generate",
            "stream_id");
    /** The objects of which the model has these fields, and the API others. */
    private static final Map<String, Set<String>> IN_PART = Map.of(
            "reasoning", Set.of("effort", "summary", "generate_summary"),
            "text", Set.of("format", "verbosity"));
    private static final String EVENT = "response.create";

    private final JsonFields body;
    private final List<RawJson> conversation;
    private final InputLog log;

    private ResponsesRequestDecoder(ResponsesBody body, List<RawJson> conversation, DegradeMode mode) {
        this.body = body.fields();
        this.conversation = conversation;
        this.log = new InputLog(mode);
    }

    /**
     * @param conversation the items in place of the input of the body; {@code null} for that
     * @throws InvalidRequestException when the request itself is wrong
     */
    static ReceivedRequest decode(ResponsesBody body, List<RawJson> conversation, DegradeMode mode) {
        try {
            return new ResponsesRequestDecoder(body, conversation, mode).decode();
        } catch (JsonShapeException e) {
            throw InvalidRequestException.of(e);
        }
    }

    private ReceivedRequest decode() {
        LlmRequest asked = settings();
        checkContinuation(asked);
        AddedTools tools = new AddedTools(asked.tools());
        List<Item> said = body.value("input").map(value -> input(value, asked, tools)).orElseGet(() -> none(asked));
        List<Item> input = conversation == null ? said
                : read(conversation.stream().map(item -> JsonValue.of(item.text())).toList(), tools);
        LlmRequest request = asked.toBuilder().input(input).tools(tools.all()).build();
        if (!continues(request) && !body.has("prompt")) {
            new ChosenTools(request.tools()).check(request.toolChoice());
        }
        return new ReceivedRequest(request, body.bool("stream").orElse(false), true, apiFields(), unknownFields(),
                log.degradations());
    }

    private LlmRequest settings() {
        try {
            LlmRequest.Builder settings = RequestReader.readSettings(body);
            // Clients are known to send an empty id for none.
            LlmRequest said = settings.build();
            return settings.previousResponseId(said.previousResponseId().filter(id -> !id.isBlank()).orElse(null))
                    .conversation(said.conversation().filter(id -> !id.isBlank()).orElse(null)).build();
        } catch (JsonShapeException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(e.getMessage(), null, "invalid_value");
        }
    }

    private static void checkContinuation(LlmRequest request) {
        if (request.previousResponseId().isPresent() && request.conversation().isPresent()) {
            throw new InvalidRequestException(
                    "\"previous_response_id\" and \"conversation\" exclude each other: the request may continue one of them",
                    "previous_response_id", "mutually_exclusive_parameters");
        }
    }

    private List<Item> input(JsonValue input, LlmRequest asked, AddedTools tools) {
        if (input.isString()) {
            return List.of(Message.user(input.string()));
        } else if (!input.isList()) {
            throw new InvalidRequestException("\"input\" must be a string or a list of items", "input", "invalid_type");
        }
        List<JsonValue> items = input.list();
        if (items.isEmpty() && conversation == null && !hasOther(asked)) {
            throw new InvalidRequestException("\"input\" is empty, and there is nothing else to answer", "input",
                    "empty_array");
        }
        return conversation == null ? read(items, tools) : List.of();
    }

    private List<Item> read(List<JsonValue> items, AddedTools tools) {
        return new InputReader(items, tools, log).read();
    }

    private List<Item> none(LlmRequest asked) {
        if (!hasOther(asked)) {
            throw new InvalidRequestException("\"input\" is missing, and there is nothing else to answer", "input",
                    "missing_required_parameter");
        }
        return List.of();
    }

    /** Whether there is something to answer without an input, or nothing shall be answered. */
    private boolean hasOther(LlmRequest asked) {
        return continues(asked) || asked.instructions().filter(text -> !text.isBlank()).isPresent() || body.has("prompt")
                || !body.bool("generate").orElse(true);
    }

    private static boolean continues(LlmRequest request) {
        return request.previousResponseId().isPresent() || request.conversation().isPresent();
    }

    private Map<String, RawJson> apiFields() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        body.toMap().forEach((name, value) -> {
            if (!value.isNull() && (OF_API.contains(name) || isInPart(name, value))) {
                fields.put(name, value.raw());
            }
        });
        return fields;
    }

    private static boolean isInPart(String name, JsonValue value) {
        Set<String> modelled = IN_PART.getOrDefault(name, Set.of());
        return !modelled.isEmpty() && value.object().toMap().entrySet().stream()
                .anyMatch(field -> !field.getValue().isNull() && !modelled.contains(field.getKey()));
    }

    private Map<String, RawJson> unknownFields() {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        body.toMap().forEach((name, value) -> {
            if (!value.isNull() && !MODELLED.contains(name) && !OF_API.contains(name) && !isEventType(name)) {
                fields.put(name, value.raw());
            }
        });
        return fields;
    }

    /** A request over WebSocket says what kind of event it is. */
    private boolean isEventType(String name) {
        return name.equals("type") && OddFields.text(body, name).equals(Optional.of(EVENT));
    }
}
