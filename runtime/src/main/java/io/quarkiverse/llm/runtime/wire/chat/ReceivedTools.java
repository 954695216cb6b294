package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.ToolChoiceReader;
import io.quarkiverse.llm.runtime.json.ToolReader;
import io.quarkiverse.llm.runtime.wire.ChoiceNames;

/**
 * The tools of a request and the choice among them, in the present form or as the functions of before.
 *
 * @param choice one of the tools, where it names one
 */
record ReceivedTools(List<Tool> tools, Optional<ToolChoice> choice) {

    /**
     * @throws JsonShapeException when the fields are not as they are described, or the choice is of a tool that is not there
     */
    static ReceivedTools of(JsonFields request) {
        List<Tool> tools = new ArrayList<>();
        request.value("tools").map(ToolReader::readList).orElse(List.of()).forEach(tool -> tools.add(canonical(tool)));
        request.list("functions").forEach(function -> tools.add(function(function.object())));
        Optional<JsonValue> choice = request.value("tool_choice");
        Optional<ToolChoice> read = choice.map(ToolChoiceReader::read);
        read.ifPresent(chosen -> check(chosen, tools, choice.get()));
        return new ReceivedTools(tools, read.or(() -> request.value("function_call").map(call -> functionCall(call, tools))));
    }

    private static Tool function(JsonFields function) {
        return new Tool.Function(function.required("name").string(), function.string("description"),
                function.raw("parameters"), Optional.empty());
    }

    private static ToolChoice functionCall(JsonValue call, List<Tool> tools) {
        if (call.isString()) {
            return ToolChoiceReader.read(call);
        }
        ToolChoice choice = ToolChoice.function(call.object().required("name").string());
        check(choice, tools, call);
        return choice;
    }

    /** Chat Completions nests the grammar of a custom tool, the canonical form does not. */
    private static Tool canonical(Tool tool) {
        return tool instanceof Tool.Custom custom
                ? new Tool.Custom(custom.name(), custom.description(), custom.format().map(ReceivedTools::flat))
                : tool;
    }

    private static RawJson flat(RawJson format) {
        JsonValue value = JsonValue.of(format.text());
        if (!value.isObject() || !ReceivedParts.text(value.object(), "type").filter("grammar"::equals).isPresent()) {
            return format;
        }
        return ReceivedParts.object(value.object(), "grammar").map(grammar -> {
            Map<String, RawJson> fields = new LinkedHashMap<>();
            fields.put("type", RawJson.verbatim("\"grammar\""));
            grammar.toMap().forEach((name, field) -> fields.put(name, field.raw()));
            return JsonText.object(fields);
        }).orElse(format);
    }

    private static void check(ToolChoice choice, List<Tool> tools, JsonValue place) {
        if (choice instanceof ToolChoice.Allowed allowed) {
            check(allowed.tools(), tools, place);
        } else if (choice instanceof ToolChoice.Named named) {
            check(List.of(named), tools, place);
        }
    }

    private static void check(List<ToolChoice.Named> named, List<Tool> tools, JsonValue place) {
        Set<ToolChoice.Named> choices = ChoiceNames.choices(tools);
        Set<String> hosted = new HashSet<>();
        addHosted(tools, hosted);
        boolean there = named.stream().allMatch(choice -> choice instanceof ToolChoice.Opaque opaque
                ? ReceivedParts.text(JsonFields.of(opaque.json()), "type").filter(hosted::contains).isPresent()
                : choices.contains(choice));
        if (!there) {
            throw place.wrong("names a tool that is not among the tools of the request");
        }
    }

    private static void addHosted(List<Tool> tools, Set<String> types) {
        for (Tool tool : tools) {
            if (tool instanceof Tool.Namespace space) {
                addHosted(space.tools(), types);
            } else if (tool instanceof Tool.Opaque hosted) {
                types.add(hosted.type());
            }
        }
    }
}
