package io.quarkiverse.llm.scripted.grammar;

import java.util.Map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What items and their parts must have. Clients refuse an item without its id, status, role, content, annotations or name. */
final class ItemFields {

    private static final Fields ANY_ITEM = Fields.of("id id", "type id");
    private static final Map<String, Fields> ITEMS = Map.of(
            "message", ANY_ITEM.and("status string", "role string", "content array"),
            "function_call", ANY_ITEM.and("status string", "call_id id", "name id", "arguments string"),
            "custom_tool_call", ANY_ITEM.and("status string", "call_id id", "name id", "input string"),
            "reasoning", ANY_ITEM.and("summary array"));
    private static final Map<String, Fields> PARTS = Map.of(
            "output_text", Fields.of("text string", "annotations array", "logprobs array"),
            "refusal", Fields.of("refusal string"),
            "reasoning_text", Fields.of("text string"),
            "summary_text", Fields.of("text string"));

    private ItemFields() {
    }

    static void check(JsonObject item, Findings findings) {
        String type = String.valueOf(item.getValue("type"));
        findings.expect(ITEMS.getOrDefault(type, ANY_ITEM), item, ResponsesRule.ITEM_FIELDS, "the item");
        findings.expect(!type.equals("message") || "assistant".equals(item.getValue("role")), ResponsesRule.ITEM_FIELDS,
                "the role is %s", item.getValue("role"));
        if (ITEMS.containsKey(type)) {
            expectNoNulls(item, findings);
            checkParts(item.getValue("content"), findings);
            checkParts(item.getValue("summary"), findings);
        }
    }

    private static void checkParts(Object parts, Findings findings) {
        if (parts instanceof JsonArray array) {
            array.forEach(part -> checkPart(part, findings));
        }
    }

    static void checkPart(Object part, Findings findings) {
        String type = part instanceof JsonObject json ? String.valueOf(json.getValue("type")) : "";
        findings.expect(PARTS.getOrDefault(type, Fields.of()), part, ResponsesRule.PART_FIELDS, "the part");
        if (part instanceof JsonObject json) {
            expectNoNulls(json, findings);
        }
    }

    private static void expectNoNulls(JsonObject json, Findings findings) {
        json.fieldNames().forEach(name -> findings.expect(json.getValue(name) != null, ResponsesRule.NO_NULLS,
                "%s is null in %s", name, json));
    }
}
