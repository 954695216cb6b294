package io.quarkiverse.llm.scripted;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of recorded exchanges: by the time in their names, and at the same time by their running numbers. */
final class RecordingOrder {

    static final Comparator<Path> BY_NAME = Comparator.comparing(RecordingOrder::beforeNumber)
            .thenComparingLong(RecordingOrder::number).thenComparing(path -> path.getFileName().toString());

    private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{6}\\.\\d{3})-.*-(\\d{1,18})");

    private RecordingOrder() {
    }

    /** The time; the whole name where it has another form. */
    private static String beforeNumber(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() ? name.group(1) : path.getFileName().toString();
    }

    private static long number(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(2)) : 0;
    }
}
