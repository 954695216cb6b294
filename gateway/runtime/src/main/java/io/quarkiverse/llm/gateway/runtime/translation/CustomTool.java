package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.Optional;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** A custom tool, which takes free text, as a function: its text is the one argument {@value #INPUT}. */
final class CustomTool {

    static final String INPUT = "input";

    private static final RawJson PARAMETERS = RawJson.of("{\"type\":\"object\",\"properties\":{\"" + INPUT
            + "\":{\"type\":\"string\",\"description\":\"The whole input of the tool, as plain text.\"}},\"required\":[\""
            + INPUT + "\"],\"additionalProperties\":false}");

    private CustomTool() {
    }

    static Tool.Function function(String name, Tool.Custom tool) {
        StringBuilder description = new StringBuilder(tool.description().orElse(""));
        tool.format().flatMap(CustomTool::grammar).ifPresent(grammar -> {
            description.append(description.isEmpty() ? "" : "\n\n").append(grammar);
        });
        return new Tool.Function(name, Optional.of(description.toString()).filter(text -> !text.isEmpty()),
                Optional.of(PARAMETERS), Optional.empty());
    }

    /** Nobody holds the model to it any more, so that it must be told. */
    private static Optional<String> grammar(RawJson format) {
        JsonValue said = JsonValue.of(format.text());
        if (!said.isObject()) {
            return Optional.empty();
        }
        // Chat Completions nests what the Responses API does not.
        JsonFields grammar = said.object().value("grammar").filter(JsonValue::isObject).orElse(said).object();
        Optional<String> definition = text(grammar, "definition");
        if (definition.isEmpty()) {
            return Optional.empty();
        }
        String syntax = text(grammar, "syntax").filter(name -> !name.isEmpty()).map(name -> name + " ").orElse("");
        String kind = syntax.strip().equals("regex") ? "regular expression" : syntax + "grammar";
        return Optional.of("The argument \"" + INPUT + "\" must match this " + kind + ":\n" + definition.get());
    }

    private static Optional<String> text(JsonFields fields, String name) {
        return fields.value(name).filter(JsonValue::isString).map(JsonValue::string);
    }

    /** The arguments of the function for that input. */
    static String arguments(String input) {
        return "{\"" + INPUT + "\":" + JsonText.quoted(input) + "}";
    }
}
