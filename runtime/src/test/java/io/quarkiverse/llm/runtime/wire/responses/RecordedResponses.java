package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a recorded answer says, one line for each thing it tells, read as plain trees and by none of the code under test. */
final class RecordedResponses {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> soFar = new HashMap<>();

    private RecordedResponses() {
    }

    static List<String> ofTrees(List<JsonObject> events) {
        RecordedResponses recorded = new RecordedResponses();
        events.forEach(recorded::tree);
        return recorded.lines;
    }

    private void tree(JsonObject event) {
        String type = event.getString("type");
        String[] words = type.split("\\.");
        String what = words.length < 2 ? "" : words[1];
        switch (type) {
            case "response.created", "response.in_progress", "response.content_part.added", "response.content_part.done",
                    "response.reasoning_summary_part.added", "response.reasoning_summary_part.done" ->
                {
                }
            case "response.completed" -> lines.add("end");
            case "response.output_item.added" -> lines.add("begin " + event.getJsonObject("item").getString("type"));
            case "response.output_item.done" -> {
                JsonObject item = event.getJsonObject("item");
                rest(item.getString("id"), item.getString("arguments", item.getString("input")));
                lines.add(item(item));
            }
            case "response.output_text.annotation.added" -> lines.add("annotation " + event.getJsonObject("annotation"));
            default -> {
                String whole = event.getString("text", event.getString("arguments"));
                if (words[words.length - 1].equals("delta")) {
                    lines.add("delta " + event.getString("delta"));
                    soFar.merge(event.getString("item_id") + event.getInteger("summary_index"), event.getString("delta"),
                            String::concat);
                } else if (whole == null) {
                    lines.add(type);
                } else {
                    rest(event.getString("item_id") + event.getInteger("summary_index"), whole);
                }
            }
        }
    }

    /** What comes for the first time with the end. */
    private void rest(String key, String whole) {
        String id = key.endsWith("null") ? key : key + "null";
        String streamed = soFar.getOrDefault(soFar.containsKey(key) ? key : id, "");
        if (whole != null && whole.length() > streamed.length() && whole.startsWith(streamed)) {
            lines.add("delta " + whole.substring(streamed.length()));
            soFar.put(soFar.containsKey(key) ? key : id, whole);
        }
    }

    static String item(JsonObject item) {
        String id = item.getString("id") + " ";
        return switch (item.getString("type")) {
            case "message" -> id + item.getString("role") + " " + item.getString("phase") + " "
                    + item.getJsonArray("content").stream().map(part -> part((JsonObject) part)).toList();
            case "function_call" -> id + item.getString("call_id") + " " + item.getString("name") + item.getString("arguments");
            case "custom_tool_call" -> id + item.getString("call_id") + " " + item.getString("name") + item.getString("input");
            case "reasoning" -> id + texts(item, "summary") + texts(item, "content") + item.getString("encrypted_content");
            default -> item.toString();
        };
    }

    private static String part(JsonObject part) {
        return part.getString("text") + part.getJsonArray("annotations") + part.getJsonArray("logprobs", new JsonArray());
    }

    private static List<String> texts(JsonObject item, String field) {
        return item.getJsonArray(field, new JsonArray()).stream().map(part -> ((JsonObject) part).getString("text")).toList();
    }

    /** The same of decoded events. */
    static List<String> of(List<LlmEvent> events) {
        List<String> lines = new ArrayList<>();
        for (LlmEvent event : events) {
            if (event instanceof LlmEvent.ItemStarted started) {
                lines.add("begin " + type(started.item()));
            } else if (event instanceof LlmEvent.TextDelta delta) {
                lines.add("delta " + delta.delta());
            } else if (event instanceof LlmEvent.ReasoningDelta delta) {
                lines.add("delta " + delta.delta());
            } else if (event instanceof LlmEvent.ToolCallArgumentsDelta delta) {
                lines.add("delta " + delta.delta());
            } else if (event instanceof LlmEvent.AnnotationAdded added) {
                lines.add("annotation " + added.annotation().json().toJsonObject());
            } else if (event instanceof LlmEvent.ItemComplete complete) {
                lines.add(item(complete.item()));
            } else if (event instanceof LlmEvent.UnknownEvent unknown) {
                lines.add(unknown.type());
            } else if (event instanceof LlmEvent.ResponseCompleted) {
                lines.add("end");
            }
        }
        return lines;
    }

    private static String type(Item item) {
        if (item instanceof ToolCall call) {
            return call.kind() == ToolCall.Kind.CUSTOM ? "custom_tool_call" : "function_call";
        }
        return item instanceof OpaqueItem opaque ? opaque.type() : item instanceof Message ? "message" : "reasoning";
    }

    static String item(Item item) {
        if (item instanceof OpaqueItem opaque) {
            return opaque.json().toJsonObject().toString();
        }
        String id = item.id().orElseThrow() + " ";
        if (item instanceof ToolCall call) {
            return id + call.callId() + " " + call.name() + call.arguments();
        }
        if (item instanceof Message message) {
            return id + message.role().wireName() + " " + message.phase().orElse(null) + " "
                    + message.content().stream().map(part -> part((Content.Text) part)).toList();
        }
        Reasoning reasoning = (Reasoning) item;
        return id + reasoning.summary() + reasoning.content() + reasoning.encryptedContent().orElse(null);
    }

    private static String part(Content.Text text) {
        return text.text()
                + text.annotations().stream().map(annotation -> annotation.json().toJsonObject().toString())
                        .collect(Collectors.joining(",", "[", "]"))
                + text.logprobs().map(json -> json.toJsonArray().toString()).orElse("[]");
    }
}
