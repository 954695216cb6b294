package io.quarkiverse.llm.runtime.conflict;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingNames;

/**
 * A key as somebody wrote it, read as what it may be.
 *
 * @param rest what stands behind {@code quarkus.llm.}, without the index of an element of a list
 * @param first the first segment of it, without its quotes
 * @param member what stands behind the first segment; empty when there is nothing
 */
public record WrittenKey(String rest, String first, String member) {

    public static WrittenKey of(String property) {
        String rest = property.substring(ConfigurationFacts.PREFIX.length()).replaceFirst("\\[\\d+]$", "");
        boolean quoted = rest.startsWith("\"") && rest.indexOf('"', 1) > 0;
        int end = quoted ? rest.indexOf('"', 1) + 1 : rest.indexOf('.');
        if (end < 0 || end >= rest.length()) {
            return new WrittenKey(rest, rest, "");
        }
        return new WrittenKey(rest, rest.substring(0, end).replace("\"", ""), rest.substring(end + 1));
    }

    /** Whether it may be a setting of a named provider. */
    boolean hasMember() {
        return !member.isEmpty();
    }

    /** Whether there is such a setting. */
    public boolean isKnown(SettingNames settings) {
        return settings.general().contains(rest) || settings.buildTime().contains(rest) || settings.isOfProvider(rest)
                || hasMember() && !ReservedNames.contains(first) && settings.isOfProvider(member);
    }

    /** The provider whose setting it is; of one that there is. */
    public String provider(SettingNames settings) {
        return settings.isOfProvider(rest) || !hasMember() ? LlmClient.DEFAULT : first;
    }

    /** Whether it is a setting of that provider. */
    boolean isOf(String provider, SettingNames settings) {
        return isKnown(settings) && !settings.general().contains(rest) && !settings.buildTime().contains(rest)
                && provider(settings).equals(provider);
    }
}
