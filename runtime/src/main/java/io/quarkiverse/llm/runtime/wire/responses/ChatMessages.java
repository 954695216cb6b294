package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolCall.Kind;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Reads the calls that a message of Chat Completions has in it: applications send such messages to either API. */
final class ChatMessages {

    private static final List<String> OUTPUT_ROLES = List.of("tool", "function");

    private final InputLog log;
    private final CallIds callIds;

    ChatMessages(CallIds callIds, InputLog log) {
        this.callIds = callIds;
        this.log = log;
    }

    /** Whether the message is the output of a tool. */
    static boolean isOutput(JsonFields message) {
        return OddFields.text(message, "role").filter(OUTPUT_ROLES::contains).isPresent();
    }

    static boolean hasCalls(JsonFields message) {
        return message.has("tool_calls") || message.has("function_call");
    }

    List<ToolCall> calls(JsonFields message, int index) {
        List<ToolCall> calls = new ArrayList<>();
        List<JsonValue> said = message.value("tool_calls").map(ChatMessages::list).orElse(List.of());
        for (int i = 0; i < said.size(); i++) {
            String place = "input[" + index + "].tool_calls[" + i + "]";
            String madeId = CallIds.made(index) + "_" + i;
            Optional<ToolCall> call = Optional.of(said.get(i)).filter(JsonValue::isObject)
                    .flatMap(value -> call(value.object(), madeId, place));
            call.ifPresentOrElse(calls::add, () -> log.note(place, "A call of a tool without its name is left out."));
        }
        // some clients send the older form beside the newer one: it says the same
        if (calls.isEmpty()) {
            String place = "input[" + index + "].function_call";
            object(message, "function_call").ifPresent(function -> called(function, Kind.FUNCTION, Optional.empty(),
                    CallIds.made(index), place).ifPresentOrElse(calls::add,
                            () -> log.note(place, "A call of a tool without its name is left out.")));
        }
        return calls;
    }

    private Optional<ToolCall> call(JsonFields call, String madeId, String place) {
        Optional<String> id = OddFields.word(call, "id");
        Optional<JsonFields> custom = object(call, "custom");
        return custom.isPresent() ? called(custom.get(), Kind.CUSTOM, id, madeId, place)
                : called(object(call, "function").orElse(call), Kind.FUNCTION, id, madeId, place);
    }

    private Optional<ToolCall> called(JsonFields tool, Kind kind, Optional<String> id, String madeId, String place) {
        return OddFields.word(tool, "name").map(name -> {
            if (id.isEmpty()) {
                log.note(place, "A call without an id gets one.");
            }
            String callId = id.orElse(madeId);
            callIds.called(callId, kind);
            return ToolCall.builder(callId, name).kind(kind).arguments(tool.value(kind == Kind.CUSTOM ? "input" : "arguments")
                    .map(JsonValue::stringOrText).orElse(kind == Kind.CUSTOM ? "" : "{}")).build();
        });
    }

    private static Optional<JsonFields> object(JsonFields fields, String name) {
        return fields.value(name).filter(JsonValue::isObject).map(JsonValue::object);
    }

    private static List<JsonValue> list(JsonValue value) {
        return value.isList() ? value.list() : List.of(value);
    }
}
