package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Reads the tool calls of a conversation, and knows which of them wait for their outputs. */
final class ReceivedCalls {

    private static final String NO_NAME = "unknown";

    private final Degrading degrading;
    private final Map<String, ToolCall> calls = new LinkedHashMap<>();
    private final Map<String, ToolCall> unanswered = new LinkedHashMap<>();
    /** The calls by their names, with some that are answered already. */
    private final Map<String, Queue<ToolCall>> ofName = new HashMap<>();
    private final Map<String, ToolCall> withMadeId = new LinkedHashMap<>();

    ReceivedCalls(Degrading degrading) {
        this.degrading = degrading;
    }

    /** The calls of an assistant's message, those of the older form too. */
    List<ToolCall> read(JsonFields message, String place) {
        List<ToolCall> read = new ArrayList<>();
        List<JsonValue> elements = message.value("tool_calls").map(ReceivedCalls::elements).orElse(List.of());
        for (int i = 0; i < elements.size(); i++) {
            String placeOfCall = place + ".tool_calls[" + i + "]";
            if (elements.get(i).isObject()) {
                ToolCall call = call(elements.get(i).object(), placeOfCall);
                if (call.callId().isEmpty()) {
                    degrading.note(placeOfCall, "a tool call without an id got one");
                }
                read.add(keep(call, placeOfCall));
            } else {
                degrading.note(placeOfCall, "something that is no tool call was left out");
            }
        }
        // some clients send the older form beside the newer one: it says the same
        if (read.isEmpty()) {
            ReceivedParts.object(message, "function_call").ifPresent(function -> {
                String placeOfCall = place + ".function_call";
                ToolCall call = call("", ToolCall.Kind.FUNCTION, function, "arguments", placeOfCall);
                read.add(keep(call, placeOfCall));
            });
        }
        return read;
    }

    private static List<JsonValue> elements(JsonValue calls) {
        return calls.isList() ? calls.list() : List.of(calls);
    }

    private ToolCall call(JsonFields call, String place) {
        String id = ReceivedParts.nonEmpty(call, "id").orElse("");
        Optional<JsonFields> custom = ReceivedParts.object(call, "custom");
        if (custom.isPresent()) {
            return call(id, ToolCall.Kind.CUSTOM, custom.get(), "input", place);
        }
        JsonFields function = ReceivedParts.object(call, "function").orElse(call);
        return call(id, ToolCall.Kind.FUNCTION, function, "arguments", place);
    }

    private ToolCall call(String id, ToolCall.Kind kind, JsonFields call, String field, String place) {
        Optional<String> name = ReceivedParts.nonEmpty(call, "name");
        if (name.isEmpty()) {
            degrading.note(place, "a tool call without a name is called " + NO_NAME);
        }
        String nothing = kind == ToolCall.Kind.FUNCTION ? "{}" : "";
        String arguments = call.value(field).map(JsonValue::stringOrText).orElse(nothing);
        return ToolCall.builder(id, name.orElse(NO_NAME)).kind(kind).arguments(arguments).build();
    }

    /** An id that is made up is the same each time the conversation is sent: servers cache what begins alike. */
    private ToolCall keep(ToolCall read, String place) {
        ToolCall call = read;
        if (read.callId().isEmpty()) {
            String id = "call_" + place.replaceAll("[^0-9]+", "_").replaceAll("^_|_$", "");
            call = ToolCall.builder(id, read.name()).kind(read.kind()).arguments(read.arguments()).build();
            withMadeId.put(id, call);
        }
        calls.put(call.callId(), call);
        unanswered.put(call.callId(), call);
        ofName.computeIfAbsent(call.name(), none -> new ArrayDeque<>()).add(call);
        return call;
    }

    /** The call that the output with this id belongs to. */
    Optional<ToolCall> answered(String id) {
        ToolCall call = calls.get(id);
        if (call == null && !withMadeId.isEmpty()) {
            call = withMadeId.values().iterator().next();
        }
        return taken(call);
    }

    /** The call that waits longest for its output. */
    Optional<ToolCall> answeredNext() {
        return taken(unanswered.isEmpty() ? null : unanswered.values().iterator().next());
    }

    /** The call of that function that waits longest for its output, else of any. */
    Optional<ToolCall> answeredNextOf(String name) {
        Queue<ToolCall> waiting = ofName.getOrDefault(name, new ArrayDeque<>());
        while (!waiting.isEmpty()) {
            ToolCall call = waiting.remove();
            if (unanswered.get(call.callId()) == call) {
                return taken(call);
            }
        }
        return answeredNext();
    }

    private Optional<ToolCall> taken(ToolCall call) {
        if (call != null) {
            unanswered.remove(call.callId());
            withMadeId.remove(call.callId());
        }
        return Optional.ofNullable(call);
    }
}
