package io.quarkiverse.llm.runtime.wire.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Annotation;
import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.runtime.wire.Logprobs;

/** A part of an item while it arrives. */
final class Part {

    final PartKind kind;
    /** Its place in the item. */
    final int index;
    /** What the server calls its place. */
    final int serverIndex;
    /** Whether the server has said that it begins. */
    boolean added;
    /** Whether the server has said that its text is over. */
    boolean over;
    /** Whether the server has said that it is over itself. */
    boolean ended;
    private final StringBuilder streamed = new StringBuilder();
    private final List<RawJson> logprobs = new ArrayList<>(0);
    private final List<Annotation> annotations = new ArrayList<>(0);
    /** What the server says at the end; {@code null} when it is what was streamed. */
    private String wholeText;
    /** What was streamed, as it was told once more; {@code null} while it was not. */
    private String repeated;
    private RawJson wholeLogprobs;
    private ReceivedPart received;

    Part(PartKind kind, int index, int serverIndex) {
        this.kind = kind;
        this.index = index;
        this.serverIndex = serverIndex;
    }

    void append(String delta, RawJson logprobsOfDelta) {
        streamed.append(delta);
        repeated = null;
        if (logprobsOfDelta != null) {
            logprobs.add(logprobsOfDelta);
        }
    }

    /** @return its place in the part */
    int annotate(Annotation annotation) {
        annotations.add(annotation);
        return annotations.size() - 1;
    }

    List<Annotation> annotations() {
        return annotations;
    }

    int streamedLength() {
        return streamed.length();
    }

    /** Whether exactly this was streamed, or told already. */
    boolean isWhole(String whole) {
        if (whole != repeated && whole.contentEquals(streamed)) {
            repeated = whole;
        }
        return whole == repeated || whole.equals(wholeText);
    }

    boolean isBeginningOf(String whole) {
        return streamed.length() < whole.length() && whole.startsWith(streamed.toString());
    }

    boolean goesBeyond(String whole) {
        return streamed.length() > whole.length() && streamed.substring(0, whole.length()).equals(whole);
    }

    void replaceText(String whole) {
        wholeText = whole;
    }

    void replaceLogprobs(RawJson whole) {
        wholeLogprobs = whole;
    }

    /** Keeps a part of a type that is not modelled. */
    void keep(ReceivedPart part) {
        received = part;
    }

    String text() {
        return wholeText != null ? wholeText : repeated != null ? repeated : streamed.toString();
    }

    Content content() {
        return switch (kind) {
            case OTHER -> new Content.Opaque(received.type(), received.json());
            case REFUSAL -> new Content.Refusal(text());
            default -> new Content.Text(text(), annotations,
                    wholeLogprobs == null ? Logprobs.join(logprobs) : Optional.of(wholeLogprobs));
        };
    }
}
