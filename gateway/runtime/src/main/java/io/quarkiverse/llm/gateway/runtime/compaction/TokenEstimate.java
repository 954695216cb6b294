package io.quarkiverse.llm.gateway.runtime.compaction;

import java.util.List;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/**
 * About how many tokens the input of a request has: a token is four bytes of UTF-8, which is near for English and code, and not
 * too few for languages with other letters. An image, a file or a recording counts as a thousand tokens, and what stands around
 * an item or a tool as four. To ask the server would take as long as the answer begins to take.
 */
public final class TokenEstimate {

    private static final int BYTES = 4;
    private static final int AROUND = 4 * BYTES;
    private static final int MEDIUM = 1_000 * BYTES;

    private TokenEstimate() {
    }

    /** Instructions, tools and all items. */
    public static long of(LlmRequest request) {
        return (bytes(request.instructions().orElse("")) + request.tools().stream().mapToLong(TokenEstimate::bytes).sum()
                + request.input().stream().mapToLong(TokenEstimate::bytes).sum()) / BYTES;
    }

    /** Of one item as clients send it: with all that stands in it. */
    static long of(RawJson item) {
        return bytes(item.text()) / BYTES;
    }

    private static long bytes(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return AROUND + bytes(function.name()) + bytes(function.description().orElse(""))
                    + function.parameters().map(schema -> bytes(schema.text())).orElse(0L);
        } else if (tool instanceof Tool.Custom custom) {
            return AROUND + bytes(custom.name()) + bytes(custom.description().orElse(""))
                    + custom.format().map(format -> bytes(format.text())).orElse(0L);
        } else if (tool instanceof Tool.Namespace namespace) {
            return bytes(namespace.name()) + bytes(namespace.description())
                    + namespace.tools().stream().mapToLong(TokenEstimate::bytes).sum();
        }
        return tool instanceof Tool.Opaque opaque ? bytes(opaque.json().text()) : AROUND;
    }

    private static long bytes(Item item) {
        if (item instanceof Message message) {
            return AROUND + bytes(message.content());
        } else if (item instanceof ToolCall call) {
            return AROUND + bytes(call.name()) + bytes(call.arguments());
        } else if (item instanceof ToolOutput output) {
            return AROUND + bytes(output.content());
        } else if (item instanceof Reasoning reasoning) {
            return AROUND + bytes(reasoning.text());
        }
        return AROUND + (item instanceof OpaqueItem opaque ? bytes(opaque.json().text()) : 0);
    }

    private static long bytes(List<Content> content) {
        return content.stream().mapToLong(TokenEstimate::bytes).sum();
    }

    private static long bytes(Content content) {
        if (content instanceof Content.Text text) {
            return bytes(text.text());
        }
        return content instanceof Content.Refusal refusal ? bytes(refusal.refusal()) : MEDIUM;
    }

    private static long bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // a surrogate is half of four bytes
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }
}
