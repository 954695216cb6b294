package io.quarkiverse.llm.runtime.conflict;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.llm.runtime.config.SettingNames;

/**
 * What the build alone knows of an application; it hands it over to the start.
 *
 * @param claims of beans and extensions
 * @param injected names at injection points
 * @param allUsed whether the application has a hold of all providers, so that nobody can tell which it uses
 * @param settings that there are
 */
public record ApplicationFacts(List<NameClaim> claims, Set<String> injected, boolean allUsed, SettingNames settings) {

    public ApplicationFacts {
        claims = List.copyOf(claims);
        injected = Set.copyOf(injected);
    }

    /** Whether a bean of the application has this name. */
    public boolean isBean(String name) {
        return claims(name, NameClaim.Kind.BEAN).findAny().isPresent();
    }

    Stream<NameClaim> claims(String name, NameClaim.Kind kind) {
        return claims.stream().filter(claim -> claim.name().equals(name) && claim.kind() == kind);
    }
}
