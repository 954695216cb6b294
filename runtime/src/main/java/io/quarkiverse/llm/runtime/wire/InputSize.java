package io.quarkiverse.llm.runtime.wire;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/**
 * About how much a request holds, without encoding it: the characters of its texts. What stands around them is not counted, nor
 * tools, which many requests share.
 */
public final class InputSize {

    private InputSize() {
    }

    /** In characters, which are bytes mostly. */
    public static long of(LlmRequest request) {
        return length(request.instructions()) + request.input().stream().mapToLong(InputSize::of).sum();
    }

    private static long of(Item item) {
        if (item instanceof Message message) {
            return contents(message.content());
        } else if (item instanceof ToolCall call) {
            return call.arguments().length();
        } else if (item instanceof ToolOutput output) {
            return contents(output.content());
        } else if (item instanceof Reasoning reasoning) {
            return texts(reasoning.summary()) + texts(reasoning.content()) + length(reasoning.encryptedContent());
        }
        return item instanceof OpaqueItem opaque ? opaque.json().text().length() : 0;
    }

    private static long contents(List<Content> contents) {
        return contents.stream().mapToLong(InputSize::of).sum();
    }

    private static long of(Content content) {
        if (content instanceof Content.Text text) {
            return text.text().length();
        } else if (content instanceof Content.Refusal refusal) {
            return refusal.refusal().length();
        } else if (content instanceof Content.Image image) {
            return length(image.url());
        } else if (content instanceof Content.File file) {
            return length(file.data()) + length(file.url());
        } else if (content instanceof Content.Audio audio) {
            return audio.data().length();
        }
        return content instanceof Content.Opaque opaque ? opaque.json().text().length() : 0;
    }

    private static long texts(List<String> texts) {
        return texts.stream().mapToLong(String::length).sum();
    }

    private static long length(Optional<String> text) {
        return text.map(String::length).orElse(0);
    }
}
