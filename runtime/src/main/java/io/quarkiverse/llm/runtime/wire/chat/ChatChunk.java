package io.quarkiverse.llm.runtime.wire.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.Usage;

/**
 * What one chunk of a stream, or a whole answer, says. One instance is filled again for each chunk of a stream; what a chunk
 * does not say is {@code null}.
 */
final class ChatChunk {

    /** A piece of a tool call; the index is -1 where there is none. */
    record ToolFragment(int index, String id, ToolCall.Kind kind, String name, String arguments) {
    }

    /** A string that is new in each chunk of a stream. */
    enum Text {
        CONTENT,
        REASONING_CONTENT,
        REASONING,
        ARGUMENTS
    }

    String id;
    String model;
    Instant created;
    String serviceTier;
    boolean hasChoice;
    /** Of a choice that is not the first: somebody asked for several answers. */
    int furtherChoice;
    String content;
    String reasoningContent;
    String reasoning;
    String refusal;
    RawJson logprobs;
    String finishReason;
    Usage usage;
    boolean hasError;
    final List<ToolFragment> toolFragments = new ArrayList<>();
    final List<Annotation> annotations = new ArrayList<>();

    void clear() {
        id = null;
        model = null;
        created = null;
        serviceTier = null;
        hasChoice = false;
        furtherChoice = 0;
        content = null;
        reasoningContent = null;
        reasoning = null;
        refusal = null;
        logprobs = null;
        finishReason = null;
        usage = null;
        hasError = false;
        toolFragments.clear();
        annotations.clear();
    }

    /** Some servers send their reasoning under both names: it is taken once. */
    String anyReasoning() {
        return reasoningContent != null && !reasoningContent.isEmpty() ? reasoningContent : reasoning;
    }

    /** What the chunk says there, if nothing else can be meant. */
    String get(Text text) {
        return switch (text) {
            case CONTENT -> content;
            case REASONING_CONTENT -> reasoningContent;
            case REASONING -> reasoning;
            case ARGUMENTS -> toolFragments.size() == 1 ? toolFragments.get(0).arguments() : null;
        };
    }

    void set(Text text, String value) {
        switch (text) {
            case CONTENT -> content = value;
            case REASONING_CONTENT -> reasoningContent = value;
            case REASONING -> reasoning = value;
            case ARGUMENTS -> {
                ToolFragment fragment = toolFragments.get(0);
                toolFragments.set(0, new ToolFragment(fragment.index(), fragment.id(), fragment.kind(), fragment.name(),
                        value));
            }
        }
    }

    void addContent(String text) {
        content = content == null ? text : content + text;
    }

    void addReasoning(String text) {
        reasoningContent = reasoningContent == null ? text : reasoningContent + text;
    }
}
