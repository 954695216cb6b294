package io.quarkiverse.llm.runtime.wire.chat;

import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta;
import io.quarkiverse.llm.Reasoning;

/**
 * What of the reasoning a client sees: the one text that Chat Completions has room for, in which an empty line divides the
 * parts. Of an item that has a summary as well as the reasoning itself, a stream shows what came first: the other says the
 * same once more.
 */
final class ShownReasoning {

    private static final String DIVIDER = "\n\n";

    private boolean begun;
    private int item = -1;
    private int part;
    private ReasoningDelta.Kind kind;

    /** What to add to the text; {@code null} for nothing. */
    String next(ReasoningDelta delta) {
        if (delta.delta().isEmpty()) {
            return null;
        }
        boolean sameItem = begun && item == delta.outputIndex();
        if (sameItem && kind != delta.kind()) {
            return null;
        }
        if (sameItem && part == delta.partIndex()) {
            return delta.delta();
        }
        String text = begun ? DIVIDER + delta.delta() : delta.delta();
        begun = true;
        item = delta.outputIndex();
        part = delta.partIndex();
        kind = delta.kind();
        return text;
    }

    /** Of a whole answer; empty for none. */
    static String of(List<Item> output) {
        return output.stream().filter(Reasoning.class::isInstance).flatMap(item -> parts((Reasoning) item).stream())
                .filter(text -> !text.isEmpty()).collect(Collectors.joining(DIVIDER));
    }

    /** The reasoning itself where it is known, else its summary. */
    static List<String> parts(Reasoning reasoning) {
        return reasoning.content().isEmpty() ? reasoning.summary() : reasoning.content();
    }
}
