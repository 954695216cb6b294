package io.quarkiverse.llm.deployment.dev;

import java.util.Collection;
import java.util.Set;

/**
 * The simulated provider, which stands in where nothing says which the default provider is. Only a build can let it begin or
 * end.
 *
 * @param saysWhich the keys of which one is enough
 * @param possible whether it may begin at all
 * @param running whether it stands in now
 * @param profiles that are active
 */
public record StandIn(Collection<String> saysWhich, boolean possible, boolean running, Set<String> profiles) {

    /** Whether a build must decide about it anew, after a change of these keys. */
    boolean isTouched(Collection<String> changed, SettingsFiles now) {
        if (changed.stream().noneMatch(saysWhich::contains)) {
            return false;
        }
        return running || possible && now.contents().values().stream().noneMatch(content -> content.entrySet().stream()
                .anyMatch(entry -> saysWhich(ProfiledKey.of(entry.getKey()), entry.getValue())));
    }

    /** An expression may turn out to be empty: only the build knows. */
    private boolean saysWhich(ProfiledKey key, String value) {
        return saysWhich.contains(key.key()) && key.holds(profiles) && !value.isBlank() && !value.contains("${");
    }
}
