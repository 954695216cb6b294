package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.List;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/**
 * A conversation as one text, so that any server can read it, one that knows no tools among them. Of images and other media it
 * only says that they were there, and of what a tool said at length the beginning and the end.
 */
final class Transcript {

    /** In characters: what a person would not read either. */
    static final int MOST_OF_OUTPUT = 16_000;
    private static final int MOST_OF_OTHERS = 2_000;

    private Transcript() {
    }

    static String of(List<Item> items) {
        StringBuilder text = new StringBuilder("<conversation>\n");
        items.forEach(item -> add(item, text));
        return text.append("</conversation>").toString();
    }

    private static void add(Item item, StringBuilder text) {
        if (item instanceof Message message) {
            add(message.role().wireName(), contents(message.content()), text);
        } else if (item instanceof ToolCall call) {
            add("call", attribute("tool", call.namespace().map(space -> space + ".").orElse("") + call.name())
                    + attribute("id", call.callId()), shortened(call.arguments(), MOST_OF_OUTPUT), text);
        } else if (item instanceof ToolOutput output) {
            add("output", attribute("id", output.callId()), shortened(contents(output.content()), MOST_OF_OUTPUT), text);
        } else if (item instanceof OpaqueItem opaque) {
            int most = opaque.type().endsWith("_output") ? MOST_OF_OUTPUT : MOST_OF_OTHERS;
            add(opaque.type().endsWith("_output") ? "output" : "call", attribute("type", opaque.type()),
                    shortened(opaque.json().text(), most), text);
        } else if (item instanceof Reasoning reasoning && !reasoning.text().isBlank()) {
            add("thoughts", "", shortened(reasoning.text(), MOST_OF_OTHERS), text);
        }
    }

    private static void add(String who, String what, StringBuilder text) {
        add(who, "", what, text);
    }

    private static void add(String who, String attributes, String what, StringBuilder text) {
        text.append('<').append(who).append(attributes).append(">\n").append(what).append("\n</").append(who).append(">\n");
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + value.replace('"', '\'').replace('\n', ' ') + "\"";
    }

    private static String contents(List<Content> contents) {
        StringBuilder text = new StringBuilder();
        for (Content content : contents) {
            text.append(text.isEmpty() ? "" : "\n").append(content(content));
        }
        return text.toString();
    }

    private static String content(Content content) {
        if (content instanceof Content.Text text) {
            return text.text();
        } else if (content instanceof Content.Refusal refusal) {
            return refusal.refusal();
        } else if (content instanceof Content.Image) {
            return "[An image]";
        } else if (content instanceof Content.File file) {
            return "[A file" + file.filename().map(name -> ": " + name).orElse("") + "]";
        }
        return content instanceof Content.Audio ? "[A recording]" : "[Something that cannot be told in words]";
    }

    /** The beginning and the end of a long text. */
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int half = most / 2;
        int head = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
        int tail = text.length() - half;
        tail = Character.isLowSurrogate(text.charAt(tail)) ? tail + 1 : tail;
        return text.substring(0, head) + "\n[... " + (tail - head) + " characters left out ...]\n" + text.substring(tail);
    }
}
