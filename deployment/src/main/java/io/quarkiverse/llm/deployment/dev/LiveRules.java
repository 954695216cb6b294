package io.quarkiverse.llm.deployment.dev;

import java.util.Collection;

/** What of a change can be made in the running application, as the last build sees it. */
public record LiveRules(LiveKeys keys, StandIn standIn) {

    /**
     * @param changed keys without profile
     * @param now the files after the change
     */
    boolean allow(Collection<String> changed, SettingsFiles now) {
        return !now.hasNamesakes() && changed.stream().allMatch(keys::contains) && !standIn.isTouched(changed, now);
    }
}
