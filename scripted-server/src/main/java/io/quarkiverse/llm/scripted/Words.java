package io.quarkiverse.llm.scripted;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a simulated model takes from the user's text for the values it has to fill in. Each is taken once. */
final class Words {

    private static final Pattern QUOTED = Pattern.compile("[\"“'‘]([^\"”'’]+)[\"”'’]");
    private static final Pattern NAME = Pattern.compile("(?<=\\p{L}[,;:]? )\\p{Lu}[\\p{L}-]+(?: \\p{Lu}[\\p{L}-]+)*");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d.])-?\\d{1,15}(?:\\.\\d{1,9})?(?![\\p{L}\\d])");
    private static final int LONGEST = 60;

    private final Deque<String> strings = new ArrayDeque<>();
    private final Deque<BigDecimal> numbers = new ArrayDeque<>();
    private final String text;

    Words(String text) {
        this.text = CodePoints.first(LONGEST, text);
        QUOTED.matcher(text).results().map(quoted -> quoted.group(1)).forEach(strings::add);
        NAME.matcher(text).results().map(MatchResult::group).forEach(strings::add);
        NUMBER.matcher(text).results().map(MatchResult::group).map(BigDecimal::new).forEach(numbers::add);
    }

    /** The next quotation or proper name; when there is no more, the text itself. */
    String nextString() {
        String next = strings.poll();
        return next != null ? next : text.isBlank() ? "simulated" : text;
    }

    /** The next number, if there is one. */
    Optional<BigDecimal> nextNumber() {
        return Optional.ofNullable(numbers.poll());
    }
}
