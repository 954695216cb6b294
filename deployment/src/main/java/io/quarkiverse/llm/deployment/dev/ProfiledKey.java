package io.quarkiverse.llm.deployment.dev;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A key as it stands in a file: {@code %dev.quarkus.llm.model}, {@code %dev,test.quarkus.llm.model}. Older
 * versions of Quarkus wrote {@code %{dev,test}.}, which is understood, too.
 *
 * @param profiles for which the key holds; none means all
 * @param key without them
 */
record ProfiledKey(List<String> profiles, String key) {

    static ProfiledKey of(String text) {
        if (text.startsWith("%{")) {
            int end = text.indexOf("}.");
            return end < 0 ? plain(text) : new ProfiledKey(names(text.substring(2, end)), text.substring(end + 2));
        }
        int end = text.indexOf('.');
        return !text.startsWith("%") || end < 0 ? plain(text)
                : new ProfiledKey(names(text.substring(1, end)), text.substring(end + 1));
    }

    private static ProfiledKey plain(String text) {
        return new ProfiledKey(List.of(), text);
    }

    private static List<String> names(String separated) {
        return Arrays.stream(separated.split(",")).map(String::strip).toList();
    }

    /** Whether the key holds where these profiles are active. */
    boolean holds(Collection<String> active) {
        return profiles.isEmpty() || profiles.stream().anyMatch(active::contains);
    }
}
