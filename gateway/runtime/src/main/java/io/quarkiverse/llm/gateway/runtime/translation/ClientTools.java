package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.wire.ChoiceNames;

/**
 * The tools that a client offers, out of their namespaces and without those that only the server itself could run, each with a
 * name that it has to itself.
 */
final class ClientTools {

    private final Map<ToolKey, OfferedTool> tools = new LinkedHashMap<>();
    private final Map<ToolKey, String> names = new HashMap<>();
    private final Map<String, OfferedTool> byFullName = new HashMap<>();
    /** Empty for a name that several have. */
    private final Map<String, Optional<OfferedTool>> byOwnName = new HashMap<>();
    private final Notes notes;

    private ClientTools(Notes notes) {
        this.notes = notes;
    }

    static ClientTools of(List<Tool> offered, Notes notes) {
        ClientTools tools = new ClientTools(notes);
        tools.add(offered, Optional.empty(), "tools");
        tools.name();
        tools.index();
        return tools;
    }

    private void add(List<Tool> offered, Optional<String> namespace, String place) {
        for (int i = 0; i < offered.size(); i++) {
            add(offered.get(i), namespace, place + "[" + i + "]");
        }
    }

    private void add(Tool tool, Optional<String> namespace, String place) {
        if (tool instanceof Tool.Namespace space) {
            add(space.tools(), Optional.of(ChoiceNames.nested(namespace, space.name())), place + ".tools");
        } else if (tool instanceof Tool.Function function) {
            add(new OfferedTool(new ToolKey(namespace, function.name()), tool, place));
        } else if (tool instanceof Tool.Custom custom) {
            add(new OfferedTool(new ToolKey(namespace, custom.name()), tool, place));
        } else if (tool instanceof Tool.Opaque hosted) {
            notes.add(place, "The hosted tool " + hosted.type() + " was left out: the provider takes functions alone");
        }
    }

    private void add(OfferedTool tool) {
        if (tools.put(tool.key(), tool) != null) {
            notes.add(tool.place(), "The tool " + tool.key() + " replaces an earlier one of the same name");
        }
    }

    /** A tool that has no choice keeps its name; of the others that would have the same, none does. */
    private void name() {
        Map<String, Integer> wanted = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (ToolKey key : tools.keySet()) {
            String name = ToolNames.of(key);
            wanted.merge(name, 1, Integer::sum);
            if (isOwn(key, name)) {
                taken.add(name);
                names.put(key, name);
            }
        }
        for (ToolKey key : tools.keySet()) {
            if (!names.containsKey(key)) {
                String name = ToolNames.of(key);
                for (int attempt = 0; wanted.getOrDefault(name, 0) > 1 || !taken.add(name); attempt++) {
                    name = ToolNames.distinct(key, attempt);
                }
                names.put(key, name);
            }
        }
    }

    private void index() {
        for (OfferedTool tool : tools.values()) {
            ToolKey key = tool.key();
            ChoiceNames.full(key.namespace(), key.name()).forEach(name -> byFullName.putIfAbsent(name, tool));
            byOwnName.merge(key.name(), Optional.of(tool), (one, other) -> Optional.empty());
        }
    }

    private static boolean isOwn(ToolKey key, String name) {
        return key.namespace().isEmpty() && key.name().equals(name);
    }

    List<OfferedTool> all() {
        return List.copyOf(tools.values());
    }

    /** What the provider calls it; also for one that was offered earlier in the conversation and is no more. */
    String nameOf(ToolKey key) {
        String name = names.get(key);
        return name == null ? ToolNames.of(key) : name;
    }

    /**
     * The one that a choice of a tool means by one of its {@link ChoiceNames}: the name that it has in its namespace will do if
     * there is but one such.
     */
    Optional<OfferedTool> find(String name) {
        OfferedTool plain = tools.get(new ToolKey(Optional.empty(), name));
        if (plain != null) {
            return Optional.of(plain);
        }
        OfferedTool full = byFullName.get(name);
        return full == null ? byOwnName.getOrDefault(name, Optional.empty()) : Optional.of(full);
    }
}
