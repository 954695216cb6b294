package io.quarkiverse.llm.gateway.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;

/**
 * The model that a soak asks. It answers with the marks that it finds in the conversation, in their order, so that an answer
 * which reaches another client than the one that asked, or a conversation that has something of another one, shows; and does
 * what the last turn tells it to do.
 */
final class SoakModel implements Function<RecordedRequest, Answer> {

    private static final Pattern MARK = Pattern.compile("#[0-9]+-[0-9]+#");
    private static final Pattern DEED = Pattern.compile("do:([A-Z_]+)");
    private static final String FILLER = " lorem ipsum dolor sit amet".repeat(8);
    private static final int FILLERS = 120;
    /** Bytes of any answer that it does not end with. */
    private static final int WITHIN = 250;

    /** What a turn tells the model to do. */
    enum Deed {
        ANSWER,
        THINK,
        CALL,
        TALK,
        PAUSE,
        STALL,
        TALK_FOR_EVER,
        REFUSE,
        FAIL,
        DROP,
        DROP_WITHIN,
        END_WITHIN
    }

    private final Map<String, CompletableFuture<RecordedRequest>> endless = new ConcurrentHashMap<>();

    /** What a user says. */
    static String prompt(String mark, Deed deed) {
        return mark + " do:" + deed;
    }

    /** The text that answers a conversation with these marks. */
    static String text(List<String> marks, Deed deed) {
        return "saw " + String.join(" ", marks) + (deed == Deed.TALK ? FILLER.repeat(FILLERS) : "") + " end";
    }

    static String reasoning(String mark) {
        return "thinking of " + mark;
    }

    static String arguments(String mark) {
        return "{\"city\":\"" + mark + "\"}";
    }

    /** The request with that mark, which is answered without an end. */
    CompletableFuture<RecordedRequest> endless(String mark) {
        return endless.computeIfAbsent(mark, key -> new CompletableFuture<>());
    }

    void forget() {
        endless.clear();
    }

    @Override
    public Answer apply(RecordedRequest request) {
        List<String> marks = marks(request.body());
        String last = marks.isEmpty() ? "" : marks.get(marks.size() - 1);
        Deed deed = deed(request.body());
        return switch (deed) {
            case ANSWER -> Answer.text(parts(text(marks, deed)));
            case THINK -> Answer.reasoning(parts(reasoning(last))).thenText(parts(text(marks, deed)));
            case CALL -> Answer.toolCall("call_" + last.replace("#", ""), "lookup", parts(arguments(last)));
            case TALK -> talk(text(marks, deed));
            case PAUSE -> Answer.text("saw ").pause(Duration.ofMillis(100)).thenText(text(marks, deed).substring(4));
            case STALL -> Answer.text(parts(text(marks, deed))).with(Fault.stallAfterBytes(WITHIN));
            case TALK_FOR_EVER -> {
                endless(last).complete(request);
                yield Answer.endless(FILLER);
            }
            case REFUSE -> Answer.error(429, "Slow down " + last).header("retry-after", "7");
            case FAIL -> Answer.error(500, "Broken " + last);
            case DROP -> Answer.text("never").with(Fault.dropBeforeHead());
            case DROP_WITHIN -> Answer.text(parts(text(marks, deed))).with(Fault.dropAfterBytes(WITHIN));
            case END_WITHIN -> Answer.text(parts(text(marks, deed))).with(Fault.endAfterBytes(WITHIN));
        };
    }

    private static List<String> marks(String body) {
        Set<String> marks = new LinkedHashSet<>();
        for (Matcher found = MARK.matcher(body); found.find();) {
            marks.add(found.group());
        }
        return List.copyOf(marks);
    }

    private static Deed deed(String body) {
        Deed last = Deed.ANSWER;
        for (Matcher found = DEED.matcher(body); found.find();) {
            last = Deed.valueOf(found.group(1));
        }
        return last;
    }

    private static Answer talk(String text) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < text.length(); i += FILLER.length()) {
            parts.add(text.substring(i, Math.min(text.length(), i + FILLER.length())));
        }
        return Answer.text(parts.toArray(String[]::new));
    }

    private static String[] parts(String text) {
        return text.split("(?<=[ -])");
    }
}
