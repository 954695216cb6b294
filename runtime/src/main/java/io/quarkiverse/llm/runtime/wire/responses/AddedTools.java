package io.quarkiverse.llm.runtime.wire.responses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonShapeException;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.quarkiverse.llm.runtime.json.ToolReader;

/**
 * The tools of a request and those that items of type {@code additional_tools} add to them, which Codex offers the newest
 * models in this way alone. A later one takes the place of one of the same name.
 */
final class AddedTools {

    private final List<Tool> offered;
    private final Map<String, Tool> added = new LinkedHashMap<>();

    AddedTools(List<Tool> offered) {
        this.offered = offered;
    }

    void read(JsonFields item, String place, InputLog log) {
        Optional<JsonValue> tools = item.value("tools");
        if (tools.filter(JsonValue::isList).isEmpty()) {
            log.note(place, "Additional tools that are no list are left out.");
            return;
        }
        List<JsonValue> list = tools.get().list();
        for (int i = 0; i < list.size(); i++) {
            try {
                Tool tool = ToolReader.read(list.get(i).object());
                added.put(name(tool), tool);
            } catch (JsonShapeException e) {
                log.note(place + ".tools[" + i + "]", "An additional tool that cannot be read is left out.");
            }
        }
    }

    List<Tool> all() {
        if (added.isEmpty()) {
            return offered;
        }
        Map<String, Tool> all = new LinkedHashMap<>();
        offered.forEach(tool -> all.put(name(tool), tool));
        all.putAll(added);
        return List.copyOf(all.values());
    }

    /** What no two tools have in common. */
    private static String name(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return "tool " + function.name();
        } else if (tool instanceof Tool.Custom custom) {
            return "tool " + custom.name();
        } else if (tool instanceof Tool.Namespace space) {
            return "namespace " + space.name();
        }
        Tool.Opaque opaque = (Tool.Opaque) tool;
        JsonFields fields = JsonFields.of(opaque.json());
        return opaque.type() + " " + OddFields.text(fields, "name").or(() -> OddFields.text(fields, "server_label")).orElse("");
    }
}
