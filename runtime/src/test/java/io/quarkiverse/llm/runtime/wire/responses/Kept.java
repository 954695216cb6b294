package io.quarkiverse.llm.runtime.wire.responses;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Role;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;

/** Requests without anything that is left out or changed on the way to a server. */
final class Kept {

    private static final RawJson NO_PARAMETERS = RawJson.of("{\"type\":\"object\",\"properties\":{}}");

    private Kept() {
    }

    static LlmRequest of(LlmRequest request) {
        LlmRequest.Builder kept = LlmRequest.builder().model(request.model().orElse(null))
                .instructions(request.instructions().orElse(null)).options(request.options().toBuilder()
                        .topLogprobs(request.options().topLogprobs().filter(count -> count > 0).orElse(null)).build())
                .items(request.input().stream().map(Kept::item).toList())
                .tools(request.tools().stream().map(Kept::tool).toList()).toolChoice(request.toolChoice().orElse(null))
                .outputFormat(request.outputFormat().orElse(null))
                .previousResponseId(request.previousResponseId().orElse(null))
                .conversation(request.conversation().orElse(null)).store(request.store().orElse(null))
                .background(request.background().orElse(null)).truncation(request.truncation().orElse(null))
                .promptCacheKey(request.promptCacheKey().orElse(null))
                .safetyIdentifier(request.safetyIdentifier().orElse(null)).serviceTier(request.serviceTier().orElse(null));
        Set<String> include = new LinkedHashSet<>(request.include());
        request.options().topLogprobs().filter(count -> count > 0)
                .ifPresent(count -> include.add("message.output_text.logprobs"));
        kept.include(include.toArray(String[]::new));
        request.metadata().forEach(kept::metadata);
        return kept.build();
    }

    private static Tool tool(Tool tool) {
        if (tool instanceof Tool.Function function) {
            return new Tool.Function(function.name(), function.description(),
                    function.parameters().or(() -> Optional.of(NO_PARAMETERS)), function.strict().or(() -> Optional.of(false)));
        }
        return tool instanceof Tool.Namespace space
                ? new Tool.Namespace(space.name(), space.description(), space.tools().stream().map(Kept::tool).toList())
                : tool;
    }

    private static Item item(Item item) {
        if (item instanceof Message message) {
            boolean said = message.role() == Role.ASSISTANT;
            return new Message(Optional.empty(), Optional.empty(), message.role(), content(message.content(), said),
                    message.phase().filter(phase -> said));
        } else if (item instanceof ToolCall call) {
            return new ToolCall(Optional.empty(), Optional.empty(), call.kind(), call.namespace(), call.name(), call.callId(),
                    call.arguments());
        } else if (item instanceof ToolOutput output) {
            return new ToolOutput(Optional.empty(), Optional.empty(), output.kind(), output.callId(),
                    content(output.content(), false));
        } else if (item instanceof Reasoning reasoning) {
            return new Reasoning(Optional.of("rs_" + reasoning.id().orElse("")), Optional.empty(), reasoning.summary(),
                    reasoning.content(), reasoning.encryptedContent().filter(content -> !content.isEmpty()));
        }
        return item;
    }

    private static List<Content> content(List<Content> content, boolean said) {
        return content.isEmpty() ? List.of(Content.text("")) : content.stream().map(part -> part(part, said)).toList();
    }

    private static Content part(Content part, boolean said) {
        if (part instanceof Content.Text text) {
            return new Content.Text(text.text(), said ? text.annotations() : List.of(), Optional.empty());
        }
        return part instanceof Content.Refusal refusal && !said ? Content.text(refusal.refusal()) : part;
    }
}
