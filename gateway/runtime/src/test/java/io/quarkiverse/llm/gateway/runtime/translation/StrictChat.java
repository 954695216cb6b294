package io.quarkiverse.llm.gateway.runtime.translation;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads a request as the strictest servers of Chat Completions do, and says what they would refuse. */
final class StrictChat {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");
    private static final Set<String> KNOWN = Set.of("model", "messages", "stream", "stream_options", "tools", "tool_choice",
            "parallel_tool_calls", "temperature", "top_p", "max_tokens", "max_completion_tokens", "stop", "presence_penalty",
            "frequency_penalty", "logprobs", "top_logprobs", "seed", "random_seed", "response_format", "reasoning_effort",
            "service_tier", "verbosity", "chat_template_kwargs", "reasoning", "thinking");

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    private StrictChat() {
    }

    static Optional<String> refusal(byte[] body) {
        try {
            check(new JsonObject(new String(body, StandardCharsets.UTF_8)));
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.getMessage());
        }
    }

    private static void demand(boolean right, String why) {
        if (!right) {
            throw new Refused(why);
        }
    }

    private static void check(JsonObject body) {
        body.fieldNames().forEach(name -> demand(KNOWN.contains(name), "unknown field " + name));
        demand(body.getJsonArray("messages") != null && !body.getJsonArray("messages").isEmpty(), "no messages");
        checkTools(body);
        checkMessages(body.getJsonArray("messages"));
    }

    private static void checkTools(JsonObject body) {
        JsonArray tools = body.getJsonArray("tools");
        demand(tools == null || !tools.isEmpty(), "tools must not be empty");
        Set<String> names = new HashSet<>();
        for (int i = 0; tools != null && i < tools.size(); i++) {
            JsonObject tool = tools.getJsonObject(i);
            demand("function".equals(tool.getString("type")), "tool of type " + tool.getString("type"));
            JsonObject function = tool.getJsonObject("function");
            demand(NAME.matcher(function.getString("name")).matches(), "illegal name " + function.getString("name"));
            demand(names.add(function.getString("name")), "two tools " + function.getString("name"));
            JsonObject parameters = function.getJsonObject("parameters");
            demand(parameters == null || "object".equals(parameters.getValue("type")), "parameters of no object");
        }
        demand(tools != null || !body.containsKey("tool_choice"), "tool_choice without tools");
        demand(tools != null || !body.containsKey("parallel_tool_calls"), "parallel_tool_calls without tools");
        if (body.getValue("tool_choice") instanceof JsonObject choice) {
            demand("function".equals(choice.getString("type"))
                    && names.contains(choice.getJsonObject("function").getString("name")), "tool_choice " + choice);
        }
    }

    private static void checkMessages(JsonArray messages) {
        Set<String> open = new LinkedHashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            JsonObject message = messages.getJsonObject(i);
            String role = message.getString("role");
            demand(ROLES.contains(role), "role " + role);
            checkContent(message.getValue("content"), role + " message " + i);
            if (role.equals("tool")) {
                demand(open.remove(message.getString("tool_call_id")), "tool message " + i + " without its call");
                continue;
            }
            demand(open.isEmpty(), "calls without output: " + open + " before message " + i);
            if (role.equals("assistant")) {
                checkAssistant(message, i, open);
            } else {
                demand(!message.containsKey("tool_calls"), "calls of a " + role);
                demand(message.getValue("content") != null, "message " + i + " without content");
            }
        }
        demand(open.isEmpty(), "calls without output: " + open + " at the end");
    }

    private static void checkAssistant(JsonObject message, int index, Set<String> open) {
        JsonArray calls = message.getJsonArray("tool_calls");
        demand(calls == null || !calls.isEmpty(), "tool_calls must not be empty");
        for (int i = 0; calls != null && i < calls.size(); i++) {
            JsonObject call = calls.getJsonObject(i);
            demand("function".equals(call.getString("type")), "call of type " + call.getString("type"));
            demand(!call.getString("id").isEmpty(), "call without id");
            demand(NAME.matcher(call.getJsonObject("function").getString("name")).matches(), "call of an illegal name");
            demand(isObject(call.getJsonObject("function").getString("arguments")), "arguments are no JSON object");
            demand(open.add(call.getString("id")), "call id used twice");
        }
        Object content = message.getValue("content");
        boolean says = content instanceof String text ? !text.isEmpty()
                : content instanceof JsonArray parts && !parts.isEmpty();
        demand(calls != null || says || message.containsKey("refusal"), "assistant message " + index + " says nothing");
    }

    private static void checkContent(Object content, String where) {
        if (!(content instanceof JsonArray parts)) {
            demand(content == null || content instanceof String, where + ": content of no kind");
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            String type = parts.getJsonObject(i).getString("type");
            boolean user = where.startsWith("user");
            demand(type.equals("text") || type.equals("refusal") || type.equals("thinking")
                    || user && Set.of("image_url", "input_audio", "file").contains(type), where + ": part of type " + type);
        }
    }

    private static boolean isObject(String text) {
        try {
            return new JsonObject(text) != null;
        } catch (DecodeException e) {
            return false;
        }
    }
}
