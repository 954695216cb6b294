package io.quarkiverse.llm.runtime.wire.responses;

import static java.util.Map.entry;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The fields that OpenAI's description of the Responses API (openai-openapi, August 2026) knows in a request, required ones
 * marked by a star. Finds what is not as it says.
 */
final class KnownFields {

    private static final Set<String> BODY = Set.of("background", "context_management", "conversation", "include", "input",
            "instructions", "max_output_tokens", "max_tool_calls", "metadata", "model", "moderation", "parallel_tool_calls",
            "previous_response_id", "prompt", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning",
            "safety_identifier", "service_tier", "store", "stream", "stream_options", "temperature", "text", "tool_choice",
            "tools", "top_logprobs", "top_p", "truncation", "user");

    private static final Map<String, String> ITEMS = Map.ofEntries(
            entry("message", "type* role* content* phase id status"),
            entry("function_call", "type* call_id* name* arguments* id namespace status caller"),
            entry("custom_tool_call", "type* call_id* name* input* id namespace caller"),
            entry("function_call_output", "type* call_id* output* id name namespace status caller"),
            entry("custom_tool_call_output", "type* call_id* output* id caller"),
            entry("reasoning", "type* summary* id encrypted_content content status"),
            entry("item_reference", "type* id*"));

    private static final Map<String, String> PARTS = Map.ofEntries(
            entry("input_text", "type* text*"),
            entry("input_image", "type* image_url file_id detail"),
            entry("input_file", "type* file_id filename file_data file_url detail"),
            entry("output_text", "type* text* annotations* logprobs"),
            entry("refusal", "type* refusal*"),
            entry("summary_text", "type* text*"),
            entry("reasoning_text", "type* text*"));

    private static final Map<String, String> TOOLS = Map.of(
            "function", "type* name* parameters* description strict output_schema defer_loading allowed_callers",
            "custom", "type* name* description format defer_loading allowed_callers",
            "namespace", "type* name* description* tools*");

    private static final Map<String, String> CHOICES = Map.of("function", "type* name*", "custom", "type* name*",
            "allowed_tools", "type* mode* tools*");

    private static final Map<String, String> FORMATS = Map.of("text", "type*", "json_object", "type*",
            "json_schema", "type* name* schema* description strict");

    private final Set<String> found = new HashSet<>();

    private KnownFields() {
    }

    /**
     * What is unknown, null or missing.
     *
     * @param extra fields that somebody else answers for
     */
    static Set<String> violations(JsonObject body, Set<String> extra) {
        KnownFields fields = new KnownFields();
        JsonObject ours = body.copy();
        extra.forEach(ours::remove);
        fields.check(ours, "body", BODY, Set.of());
        fields.all(ours.getJsonArray("input"), ITEMS);
        fields.all(ours.getJsonArray("tools"), TOOLS);
        if (ours.getValue("tool_choice") instanceof JsonObject choice) {
            fields.object(choice, CHOICES);
        }
        fields.check(ours.getJsonObject("reasoning", new JsonObject()), "reasoning", Set.of("effort", "summary"), Set.of());
        JsonObject text = ours.getJsonObject("text", new JsonObject());
        fields.check(text, "text", Set.of("format", "verbosity"), Set.of());
        if (text.getJsonObject("format") != null) {
            fields.object(text.getJsonObject("format"), FORMATS);
        }
        return fields.found;
    }

    private void all(JsonArray objects, Map<String, String> known) {
        if (objects != null) {
            objects.forEach(object -> object((JsonObject) object, known));
        }
    }

    /** Of types that are not ours there is nothing to say. */
    private void object(JsonObject object, Map<String, String> known) {
        String type = object.getString("type");
        String names = known.get(type);
        if (names == null) {
            if (!type.equals("web_search") && !type.equals("web_search_call") && !type.equals("mcp")
                    && !type.equals("input_video")) {
                found.add("type " + type);
            }
            return;
        }
        Map<String, Boolean> fields = new LinkedHashMap<>();
        List.of(names.split(" ")).forEach(name -> fields.put(name.replace("*", ""), name.endsWith("*")));
        Set<String> required = new HashSet<>(fields.keySet());
        required.removeIf(name -> !fields.get(name));
        check(object, type, fields.keySet(), required);
        for (String list : List.of("content", "output", "summary")) {
            if (object.getValue(list) instanceof JsonArray parts) {
                all(parts, PARTS);
            }
        }
        if (type.equals("namespace")) {
            all(object.getJsonArray("tools"), TOOLS);
        } else if (type.equals("allowed_tools")) {
            all(object.getJsonArray("tools"), CHOICES);
        }
        if ("assistant".equals(object.getString("role")) && object.containsKey("id")
                && !(object.getValue("content") instanceof JsonArray && object.containsKey("status"))) {
            found.add("an output message without parts or status");
        }
    }

    private void check(JsonObject object, String what, Set<String> known, Set<String> required) {
        object.forEach(field -> {
            if (!known.contains(field.getKey())) {
                found.add(what + "." + field.getKey() + " is unknown");
            } else if (field.getValue() == null) {
                found.add(what + "." + field.getKey() + " is null");
            }
        });
        required.stream().filter(name -> !object.containsKey(name))
                .forEach(name -> found.add(what + "." + name + " is missing"));
    }
}
