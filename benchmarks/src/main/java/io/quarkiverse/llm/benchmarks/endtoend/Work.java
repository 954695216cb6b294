package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server does for one request; the model's name says it: {@code flood-text-200}, {@code flood-tools-200},
 * {@code paced-100-50} (tokens, then milliseconds between them).
 *
 * @param tools whether the deltas are those of a tool call's arguments and not text
 * @param tokens deltas of a stream
 * @param interval milliseconds between two deltas; 0 for all at once
 */
public record Work(boolean tools, int tokens, int interval) {

    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]+)\"");

    public static Work of(String model) {
        String[] parts = model.split("-");
        return parts[0].equals("paced") ? new Work(false, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
                : new Work(parts[1].equals("tools"), Integer.parseInt(parts[2]), 0);
    }

    public static Work ofRequest(String body) {
        Matcher model = MODEL.matcher(body);
        if (!model.find()) {
            throw new IllegalArgumentException("no model in " + body);
        }
        return of(model.group(1));
    }

    public boolean isPaced() {
        return interval > 0;
    }

    public String model() {
        return isPaced() ? "paced-" + tokens + "-" + interval : "flood-" + (tools ? "tools-" : "text-") + tokens;
    }
}
