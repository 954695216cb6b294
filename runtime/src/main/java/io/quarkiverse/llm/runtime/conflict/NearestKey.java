package io.quarkiverse.llm.runtime.conflict;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.config.SettingNames;
import io.quarkiverse.llm.runtime.config.value.NearestName;

/**
 * The key that somebody may have meant who wrote one that there is not.
 *
 * @param providers names that there are
 */
record NearestKey(SettingNames settings, Collection<String> providers) {

    Optional<String> to(WrittenKey written) {
        if (written.hasMember() && ReservedNames.isModule(written.first())) {
            return Optional.of("quarkus.llm-" + written.rest());
        }
        Optional<String> ofProvider = written.hasMember() && !ReservedNames.contains(written.first())
                ? member(written.member()).map(member -> new SettingKey(written.first(), member).property())
                : Optional.empty();
        Optional<String> ofNobody = beside(written.rest()).or(() -> member(written.rest()))
                .map(key -> ConfigurationFacts.PREFIX + key);
        return providers.contains(written.first()) ? ofProvider.or(() -> ofNobody) : ofNobody.or(() -> ofProvider);
    }

    private Optional<String> beside(String written) {
        Set<String> all = new TreeSet<>(settings.general());
        all.addAll(settings.buildTime());
        return nearest(written, all);
    }

    /** A value, one of a group whose name was left out, or one in a map whose name is misspelt. */
    private Optional<String> member(String written) {
        int dot = written.indexOf('.');
        Optional<String> inMap = dot < 0 ? Optional.empty()
                : nearest(written.substring(0, dot), settings.maps()).map(map -> map + written.substring(dot));
        return Stream.of(nearest(written, settings.values()),
                settings.values().stream().filter(value -> value.endsWith("." + written)).findFirst(), inMap)
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> nearest(String written, Collection<String> names) {
        return NearestName.of(written, names).stream().findFirst();
    }
}
