package io.quarkiverse.llm.deployment.dev;

import java.util.Set;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.smallrye.config.NameIterator;

/**
 * The keys whose change a running application can take over: the settings of the providers that the last build knew, and which
 * one is active.
 *
 * @param providers the names that the build knew
 */
public record LiveKeys(SettingNames settings, Set<String> providers) {

    static final String PREFIX = "quarkus.llm.";

    public LiveKeys {
        providers = Set.copyOf(providers);
    }

    /**
     * @param key without profile
     */
    boolean contains(String key) {
        if (!key.startsWith(PREFIX)) {
            return false;
        }
        String name = withoutIndex(key.substring(PREFIX.length()));
        if (settings.buildTime().contains(name)) {
            return false;
        }
        return name.equals("active") || settings.isOfProvider(name) && providers.contains(LlmClient.DEFAULT)
                || isOfKnownProvider(name);
    }

    private boolean isOfKnownProvider(String name) {
        NameIterator segments = new NameIterator(name);
        String provider = segments.getNextSegment();
        segments.next();
        return segments.hasNext() && providers.contains(provider) && !ReservedNames.contains(provider)
                && settings.isOfProvider(name.substring(segments.getPosition() + 1));
    }

    /** {@code stop[0]} is an element of {@code stop}. */
    private static String withoutIndex(String name) {
        int index = name.endsWith("]") ? name.lastIndexOf('[') : -1;
        return index < 0 ? name : name.substring(0, index);
    }
}
