package io.quarkiverse.llm.runtime.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Finds what an assistant has thought, which Chat Completions has no field for: servers have made up several. */
final class ReceivedReasoning {

    private static final String THINKING = "thinking";

    private ReceivedReasoning() {
    }

    /**
     * It is taken once, also where clients send it under several names.
     *
     * @param content of the message, which loses what is no content
     */
    static Optional<String> of(JsonFields message, List<Content> content) {
        List<String> thoughts = new ArrayList<>();
        content.removeIf(part -> {
            boolean thinking = part instanceof Content.Opaque opaque && opaque.type().equals(THINKING);
            if (thinking) {
                JsonFields.of(((Content.Opaque) part).json()).value(THINKING).map(ReceivedReasoning::text)
                        .filter(text -> !text.isEmpty()).ifPresent(thoughts::add);
            }
            return thinking;
        });
        return ReceivedParts.nonEmpty(message, "reasoning_content").or(() -> ReceivedParts.nonEmpty(message, "reasoning"))
                .or(() -> thoughts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", thoughts)));
    }

    /** A string, or parts of text. */
    private static String text(JsonValue thinking) {
        if (thinking.isString()) {
            return thinking.string();
        }
        if (thinking.isObject()) {
            return ReceivedParts.text(thinking.object(), "text").orElse("");
        }
        return thinking.isList() ? thinking.list().stream().map(ReceivedReasoning::text).collect(Collectors.joining()) : "";
    }
}
