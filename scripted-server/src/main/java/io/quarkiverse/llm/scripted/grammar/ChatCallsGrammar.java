package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ChatRule.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The tool calls of a stream of Chat Completions, fragment by fragment. */
final class ChatCallsGrammar {

    private enum Kind {
        FUNCTION("function", "arguments"),
        CUSTOM("custom", "input");

        private final String field;
        private final String arguments;

        Kind(String field, String arguments) {
            this.field = field;
            this.arguments = arguments;
        }
    }

    private static final Fields BEGIN = Fields.of("index integer", "id id", "type id");

    private final Findings findings;
    private final Set<Object> ids = new HashSet<>();
    /** By the index of the call. */
    private final List<Kind> kinds = new ArrayList<>();

    ChatCallsGrammar(Findings findings) {
        this.findings = findings;
    }

    boolean any() {
        return !kinds.isEmpty();
    }

    void next(Object calls) {
        findings.expect(calls instanceof JsonArray array && !array.isEmpty(), DELTA_FIELDS, "the tool calls are %s", calls);
        if (calls instanceof JsonArray array) {
            array.forEach(call -> fragment(call instanceof JsonObject json ? json : new JsonObject()));
        }
    }

    private void fragment(JsonObject call) {
        if (call.getValue("index") instanceof Integer index && index >= 0 && index < kinds.size()) {
            goOn(call, kinds.get(index));
        } else {
            findings.expect(Integer.valueOf(kinds.size()).equals(call.getValue("index")), CALL_INDEX, "call %s begins at %s",
                    kinds.size(), call.getValue("index"));
            begin(call);
        }
    }

    private void begin(JsonObject call) {
        Kind kind = "custom".equals(call.getValue("type")) ? Kind.CUSTOM : Kind.FUNCTION;
        kinds.add(kind);
        findings.expect(BEGIN, call, CALL_BEGINS, "the call");
        findings.expect(kind.field.equals(call.getValue("type")), CALL_BEGINS, "the type is %s", call.getValue("type"));
        findings.expect(Fields.of("name id", kind.arguments + " string"), call.getValue(kind.field), CALL_BEGINS,
                "what is called");
        findings.expect(ids.add(call.getValue("id")), CALL_IDS, "the id is %s", call.getValue("id"));
    }

    private void goOn(JsonObject call, Kind kind) {
        findings.expect(call.fieldNames().equals(Set.of("index", kind.field))
                && call.getValue(kind.field) instanceof JsonObject called && called.fieldNames().equals(Set.of(kind.arguments))
                && called.getValue(kind.arguments) instanceof String, CALL_GOES_ON, "it is %s", call);
    }
}
