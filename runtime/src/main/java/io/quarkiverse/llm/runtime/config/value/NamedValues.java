package io.quarkiverse.llm.runtime.config.value;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads a {@link NamedValue}, and says which ones there are when it cannot. */
public final class NamedValues {

    private NamedValues() {
    }

    /**
     * Upper and lower case, dashes and underscores are the same.
     *
     * @param subject what the value is, for a sentence
     * @return null for nothing
     * @throws IllegalArgumentException with a sentence that names the nearest value and all of them
     */
    public static <E extends Enum<E> & NamedValue> E parse(Class<E> type, String subject, String value) {
        String written = value.strip();
        if (written.isEmpty()) {
            return null;
        }
        String name = written.toLowerCase(Locale.ROOT).replace('_', '-');
        return Stream.of(type.getEnumConstants()).filter(constant -> constant.configName().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(unknown(type, subject, written)));
    }

    private static <E extends Enum<E> & NamedValue> String unknown(Class<E> type, String subject, String written) {
        List<String> names = Stream.of(type.getEnumConstants()).map(NamedValue::configName).toList();
        String question = NearestName.question(written, names);
        return "'" + written + "' is no " + subject + (question.isEmpty() ? ";" : question) + " there are: "
                + String.join(", ", names);
    }
}
