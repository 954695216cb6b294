package io.quarkiverse.llm.runtime.conflict;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * What was found, and what becomes of it.
 *
 * @param building whether this is a build
 * @param conflicts all that were found, silenced ones among them; the worst first
 */
public record ConflictReport(boolean building, ConflictPolicy policy, List<Conflict> conflicts) {

    private static final Comparator<Conflict> WORST_FIRST = Comparator.comparing(Conflict::severity)
            .thenComparing(Conflict::id);

    public ConflictReport {
        conflicts = conflicts.stream().sorted(WORST_FIRST).toList();
    }

    /** Those that nobody has silenced. */
    public List<Conflict> shown() {
        return conflicts.stream().filter(policy::shows).toList();
    }

    /** Those that fail the build or the start: a build does not fail for what the running application may mend. */
    public List<Conflict> failing() {
        return conflicts.stream().filter(conflict -> policy.fails(conflict) && !provisional(conflict)).toList();
    }

    /** Whether a build has found it, but the start decides. */
    public boolean provisional(Conflict conflict) {
        return building && conflict.atRunTime();
    }

    /** Whether all that is shown is there for information only; true where nothing is. */
    public boolean isHarmless() {
        return shown().stream().allMatch(conflict -> conflict.severity() == Severity.INFO);
    }

    /** The providers that are not there because of a conflict, silenced or not, with the reason as a sentence. */
    public SortedMap<String, String> absent() {
        SortedMap<String, String> reasons = new TreeMap<>();
        conflicts.forEach(conflict -> conflict.absent().forEach(name -> reasons.putIfAbsent(name, conflict.sentence())));
        return Collections.unmodifiableSortedMap(reasons);
    }

    /**
     * @throws ConfigurationException with all that fails
     */
    public ConflictReport orFail() {
        if (!failing().isEmpty()) {
            throw new ConfigurationException(failure());
        }
        return this;
    }

    /** The ids of all that were found. */
    public Set<String> ids() {
        return conflicts.stream().map(Conflict::id).collect(Collectors.toUnmodifiableSet());
    }

    /** The same without some. */
    public ConflictReport without(Set<String> ids) {
        return new ConflictReport(building, policy,
                conflicts.stream().filter(conflict -> !ids.contains(conflict.id())).toList());
    }

    /** Tells people, where there is something to tell. */
    public void log(Logger log) {
        if (!shown().isEmpty()) {
            log.log(isHarmless() ? Logger.Level.INFO : Logger.Level.WARN, text());
        }
    }

    /** What fails, for people to read. */
    public String failure() {
        return new ReportText(this).of(failing());
    }

    /** All that is shown, for people to read; several lines. */
    public String text() {
        return new ReportText(this).of(shown());
    }
}
