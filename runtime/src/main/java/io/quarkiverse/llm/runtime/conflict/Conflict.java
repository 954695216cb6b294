package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.quarkiverse.llm.LlmClient;

/**
 * One conflict. Texts are sentences without the full stop, and hold no secrets.
 *
 * @param kind what sort of conflict, {@code unknown-key}; the first half of the id
 * @param subject what it is about, {@code quarkus.llm.local.baseurl}; the second half
 * @param what what is wrong
 * @param sides those that are in conflict, the one that is used first
 * @param outcome what happens now, who wins and why; empty where {@code what} says it
 * @param mend what to do
 * @param atRunTime whether it depends on the configuration of the running application, so that a build cannot decide it
 * @param absent names of the providers that are not there because of it
 */
public record Conflict(String kind, String subject, Severity severity, String what, List<Side> sides, String outcome,
        String mend, boolean atRunTime, Set<String> absent) {

    public Conflict {
        sides = List.copyOf(sides);
        absent = Set.copyOf(absent);
    }

    /** By which it is silenced: {@code unknown-key:quarkus.llm.local.baseurl}. Stays the same from start to start. */
    public String id() {
        return kind + ":" + subject;
    }

    /** What is wrong and what to do, in one line. */
    public String sentence() {
        return ReportText.sentence(what) + " " + ReportText.sentence(mend);
    }

    /** How a provider is written in an id. */
    public static String subject(String provider) {
        return provider.equals(LlmClient.DEFAULT) ? "default" : provider;
    }

    /** Fails whatever is configured. */
    public static Builder error(String kind, String subject) {
        return new Builder(Severity.ERROR, kind, subject);
    }

    /** Fails where warnings shall. */
    public static Builder warn(String kind, String subject) {
        return new Builder(Severity.WARN, kind, subject);
    }

    /** Never fails. */
    public static Builder info(String kind, String subject) {
        return new Builder(Severity.INFO, kind, subject);
    }

    /** Puts one together; {@link #mend} comes last. */
    public static final class Builder {

        private final Severity severity;
        private final String kind;
        private final String subject;
        private final List<Side> sides = new ArrayList<>();
        private final Set<String> absent = new TreeSet<>();
        private String what = "";
        private String outcome = "";
        private boolean atRunTime = true;

        private Builder(Severity severity, String kind, String subject) {
            this.severity = severity;
            this.kind = kind;
            this.subject = subject;
        }

        public Builder what(String sentence) {
            what = sentence;
            return this;
        }

        public Builder side(Side side) {
            sides.add(side);
            return this;
        }

        public Builder sides(List<Side> more) {
            sides.addAll(more);
            return this;
        }

        public Builder outcome(String sentence) {
            outcome = sentence;
            return this;
        }

        /** The build knows all of it. */
        public Builder decidedByBuild() {
            atRunTime = false;
            return this;
        }

        /** These providers are not there because of it. */
        public Builder absent(Set<String> providers) {
            absent.addAll(providers);
            return this;
        }

        /** The whole, with what to do. */
        public Conflict mend(String sentence) {
            return new Conflict(kind, subject, severity, what, sides, outcome, sentence, atRunTime, absent);
        }
    }
}
