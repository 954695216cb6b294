package io.quarkiverse.llm.runtime.config.value;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may have meant who wrote a name that there is not. */
public final class NearestName {

    private static final int ALLOWED_PERCENT = 40;

    private NearestName() {
    }

    /** The names that are close to the written one, closest first; upper and lower case are the same. */
    public static List<String> of(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> !name.equals(written) && distance(written, name) * 100 <= ALLOWED_PERCENT * name.length())
                .sorted(Comparator.<String> comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The end of a sentence, {@code ; did you mean 'local'?}, or nothing when no name is close. */
    public static String question(String written, Collection<String> names) {
        List<String> nearest = of(written, names);
        return nearest.isEmpty() ? ""
                : nearest.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or ", "; did you mean ", "?"));
    }

    /**
     * How many letters must be added, dropped, replaced or swapped with their neighbour (optimal string alignment distance).
     */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
