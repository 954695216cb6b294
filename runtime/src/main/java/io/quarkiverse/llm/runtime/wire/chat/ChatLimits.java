package io.quarkiverse.llm.runtime.wire.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemReference;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.wire.RequestLimits;

/** What the Chat Completions API cannot carry. */
final class ChatLimits extends RequestLimits {

    /** What Chat Completions does anyway: reasoning comes in clear text where it comes at all. */
    private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

    ChatLimits(String provider) {
        super(provider, "Chat Completions");
    }

    @Override
    public void check(LlmRequest request, Map<String, RawJson> extraBody) {
        super.check(request, extraBody);
        RawJson choices = extraBody.get("n");
        if (choices != null && !choices.text().strip().equals("1")) {
            throw badRequest(
                    "extra-body must not set n: only one choice can be read, send the request as often as you want answers");
        }
    }

    @Override
    protected Stream<String> missing(LlmRequest request, Set<String> others) {
        List<Item> items = others.contains("messages") ? List.of() : request.input();
        return Stream.<Supplier<Stream<String>>> of(
                () -> when(request.previousResponseId().isPresent(), "previous_response_id"),
                () -> when(request.conversation().isPresent(), "conversations kept by the server"),
                () -> when(request.background().orElse(false), "background responses"),
                () -> when(request.truncation().filter("auto"::equals).isPresent(), "truncation=auto"),
                () -> when(asksForSummary(request) && !others.contains("reasoning"), "a summary of the reasoning"),
                () -> request.include().stream().filter(include -> !include.equals(ENCRYPTED_REASONING))
                        .map(include -> "include=" + include),
                () -> request.tools().stream().map(ChatLimits::tool).flatMap(Optional::stream),
                () -> request.toolChoice().stream().flatMap(ChatLimits::choice),
                () -> items.stream().flatMap(ChatLimits::item))
                .flatMap(Supplier::get);
    }

    /**
     * Of its own accord: what the configuration wishes for in every request is left out where there is no word for it, or
     * none could be sent. {@code maxToolCalls} is left out too: it limits hosted tools, which are refused.
     */
    private static boolean asksForSummary(LlmRequest request) {
        return request.options().reasoningSummary().isPresent();
    }

    private static Optional<String> tool(Tool tool) {
        if (tool instanceof Tool.Namespace namespace) {
            return Optional.of("tools in a namespace ('" + namespace.name() + "')");
        }
        return tool instanceof Tool.Opaque opaque ? Optional.of("the hosted tool '" + opaque.type() + "'") : Optional.empty();
    }

    private static Stream<String> choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Allowed allowed) {
            return allowed.tools().stream().flatMap(ChatLimits::choice);
        }
        return when(choice instanceof ToolChoice.Opaque, "a choice of a hosted tool");
    }

    private static Stream<String> item(Item item) {
        if (item instanceof ToolCall call) {
            return when(call.namespace().isPresent(), "tools in a namespace ('" + call.name() + "')");
        } else if (item instanceof ItemReference reference) {
            return Stream.of("references to stored items ('" + reference.itemId() + "')");
        } else if (item instanceof OpaqueItem opaque) {
            return Stream.of("items of type '" + opaque.type() + "'");
        } else if (item instanceof Message message) {
            return message.content().stream().flatMap(ChatLimits::content);
        } else if (item instanceof ToolOutput output) {
            return output.content().stream().flatMap(ChatLimits::content);
        }
        return Stream.empty();
    }

    private static Stream<String> content(Content content) {
        if (content instanceof Content.Image image) {
            return when(image.url().isEmpty(), "an image by its file id: give its url or its bytes");
        } else if (content instanceof Content.File file) {
            return when(file.fileId().isEmpty() && file.data().isEmpty(), "a file by its url: give its id or its bytes");
        }
        return Stream.empty();
    }
}
