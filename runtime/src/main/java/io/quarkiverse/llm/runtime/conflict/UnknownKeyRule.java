package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.llm.runtime.config.SettingNames;

/** A key below {@code quarkus.llm.} that is no setting, with the nearest one. */
final class UnknownKeyRule implements ConflictRule {

    private static final Set<String> GROUPS = Set.of("capabilities", "quirks", "record");

    @Override
    public List<Conflict> conflicts(Facts facts) {
        return facts.configuration().values().entrySet().stream()
                // the source guesses at the dots in what it reads from the environment
                .filter(entry -> entry.getKey().startsWith(ConfigurationFacts.PREFIX)
                        && !ConfigurationFacts.isFromEnvironment(entry.getValue()))
                .flatMap(entry -> conflict(entry.getKey(), facts).stream()).toList();
    }

    private static Optional<Conflict> conflict(String key, Facts facts) {
        SettingNames settings = facts.application().settings();
        WrittenKey written = WrittenKey.of(key);
        if (written.isKnown(settings) || facts.configuration().resolver().reservedNames().contains(written.first())) {
            return Optional.empty();
        }
        Optional<String> nearest = new NearestKey(settings, facts.names()).to(written);
        // what is not near any key may belong to somebody else; Quarkus itself warns of it
        if (nearest.isEmpty() && !facts.names().contains(written.first()) && !GROUPS.contains(written.first())) {
            return Optional.empty();
        }
        return Optional.of(Conflict.warn("unknown-key", key).what("There is no such setting")
                .sides(facts.configuration().side(key).stream().toList()).outcome("It has no effect")
                .mend(nearest.map(meant -> "Did you mean " + meant + "?").orElse("Remove it")));
    }
}
