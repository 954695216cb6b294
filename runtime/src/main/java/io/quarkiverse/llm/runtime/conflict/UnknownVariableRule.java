package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.value.NearestName;

/**
 * An environment variable that is nearly one of ours. Only what is near is reported: nobody can tell what the dots and dashes
 * of other variables were.
 */
final class UnknownVariableRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        return facts.configuration().values().keySet().stream()
                .filter(name -> name.startsWith(ConfigurationFacts.ENVIRONMENT_PREFIX))
                .flatMap(name -> conflict(name, facts).stream()).toList();
    }

    private static Optional<Conflict> conflict(String variable, Facts facts) {
        SortedSet<String> known = variables(facts);
        if (known.contains(variable) || facts.application().settings().maps().stream()
                .anyMatch(map -> variable.contains("_" + underscored(map) + "_"))) {
            return Optional.empty();
        }
        return nearest(variable, facts, known).map(meant -> Conflict.warn("unknown-key", variable)
                .what("There is no such setting").side(new Side(variable, origin(variable, facts)))
                .outcome("It has no effect").mend("Did you mean " + meant + "?"));
    }

    private static String origin(String variable, Facts facts) {
        return facts.configuration().side(variable).map(Side::origin).orElse("").replace(" " + variable, "");
    }

    /** By the part after the provider, so that a long name does not make everything look near. */
    private static Optional<String> nearest(String variable, Facts facts, SortedSet<String> known) {
        return facts.names().stream().map(name -> new SettingKey(name, "x").environmentVariable())
                .map(sample -> sample.substring(0, sample.length() - 1)).filter(variable::startsWith)
                .sorted((one, other) -> other.length() - one.length())
                .flatMap(prefix -> NearestName.of(variable.substring(prefix.length()), members(prefix, known)).stream()
                        .map(member -> prefix + member))
                .findFirst();
    }

    private static List<String> members(String prefix, SortedSet<String> known) {
        return known.stream().filter(name -> name.startsWith(prefix)).map(name -> name.substring(prefix.length())).toList();
    }

    private static SortedSet<String> variables(Facts facts) {
        SettingNames settings = facts.application().settings();
        SortedSet<String> variables = new TreeSet<>();
        Stream.of(settings.general(), settings.buildTime(), settings.values()).flatMap(Set::stream)
                .forEach(name -> variables.add(new SettingKey(LlmClient.DEFAULT, name).environmentVariable()));
        for (String provider : facts.configuration().resolver().keys()) {
            settings.values().forEach(name -> variables.add(new SettingKey(provider, name).environmentVariable()));
        }
        return variables;
    }

    private static String underscored(String name) {
        return name.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
