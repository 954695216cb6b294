package io.quarkiverse.llm.runtime.conflict;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What rules look at.
 *
 * @param building whether this is a build, which sees the configuration of the running application in part only
 */
public record Facts(boolean building, ApplicationFacts application, ConfigurationFacts configuration,
        RegistryNames registries) {

    /** The names of all providers that somebody claims. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(configuration.resolver().names());
        application.claims().forEach(claim -> names.add(claim.name()));
        return names;
    }

    /** The names of the providers that are what the configuration says: no bean stands before them. */
    public SortedSet<String> configured() {
        SortedSet<String> names = configuration.resolver().names();
        names.removeIf(application::isBean);
        return names;
    }
}
