package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ChatRule.*;

import java.util.HashSet;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The tool calls of a stream of Chat Completions, fragment by fragment. */
final class ChatCallsGrammar {

    private static final Fields BEGIN = Fields.of("index integer", "id id", "type id");

    private final Findings findings;
    private final Set<Object> ids = new HashSet<>();
    private int begun;

    ChatCallsGrammar(Findings findings) {
        this.findings = findings;
    }

    boolean any() {
        return begun > 0;
    }

    void next(Object calls) {
        findings.expect(calls instanceof JsonArray array && !array.isEmpty(), DELTA_FIELDS, "the tool calls are %s", calls);
        if (calls instanceof JsonArray array) {
            array.forEach(call -> fragment(call instanceof JsonObject json ? json : new JsonObject()));
        }
    }

    private void fragment(JsonObject call) {
        if (call.getValue("index") instanceof Integer index && index >= 0 && index < begun) {
            goOn(call);
        } else {
            findings.expect(Integer.valueOf(begun).equals(call.getValue("index")), CALL_INDEX, "call %s begins at %s", begun,
                    call.getValue("index"));
            begun++;
            begin(call);
        }
    }

    private void begin(JsonObject call) {
        findings.expect(BEGIN, call, CALL_BEGINS, "the call");
        boolean custom = "custom".equals(call.getValue("type"));
        findings.expect(custom || "function".equals(call.getValue("type")), CALL_BEGINS, "the type is %s",
                call.getValue("type"));
        findings.expect(Fields.of("name id", (custom ? "input" : "arguments") + " string"),
                call.getValue(custom ? "custom" : "function"), CALL_BEGINS, "what is called");
        findings.expect(ids.add(call.getValue("id")), CALL_IDS, "the id is %s", call.getValue("id"));
    }

    private void goOn(JsonObject call) {
        boolean custom = call.containsKey("custom");
        String field = custom ? "custom" : "function";
        findings.expect(Set.of("index", field).equals(call.fieldNames())
                && call.getValue(field) instanceof JsonObject called
                && called.fieldNames().equals(Set.of(custom ? "input" : "arguments"))
                && called.getValue(custom ? "input" : "arguments") instanceof String, CALL_GOES_ON, "it is %s", call);
    }
}
