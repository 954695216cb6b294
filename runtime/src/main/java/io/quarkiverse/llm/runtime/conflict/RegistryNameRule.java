package io.quarkiverse.llm.runtime.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.SettingKey;

/**
 * A provider wants a TLS or proxy configuration that there is not. It is not there then: it must not connect with less
 * protection than it is configured to have.
 */
final class RegistryNameRule implements ConflictRule {

    @Override
    public List<Conflict> conflicts(Facts facts) {
        List<Conflict> conflicts = new ArrayList<>();
        for (String name : facts.configured()) {
            Optional<String> tls = facts.configuration().provider(name).tlsConfigurationName();
            unknown(tls, facts.registries().tls()).ifPresent(missing -> conflicts.add(conflict("unknown-tls", name,
                    "tls-configuration-name", "TLS configuration '" + missing + "'", facts)
                    .mend("Set quarkus.tls." + missing + ".*")));
            Optional<String> proxy = facts.configuration().provider(name).proxyConfigurationName();
            unknown(proxy, facts.registries().proxies()).ifPresent(missing -> conflicts.add(conflict("unknown-proxy", name,
                    "proxy-configuration-name", "proxy configuration '" + missing + "'", facts)
                    .mend("Set quarkus.proxy." + missing + ".host, or say 'none' for no proxy")));
        }
        return conflicts;
    }

    private static Optional<String> unknown(Optional<String> name, Predicate<String> known) {
        return name.filter(known.negate());
    }

    private static Conflict.Builder conflict(String kind, String provider, String member, String missing, Facts facts) {
        return Conflict.warn(kind, Conflict.subject(provider))
                .what(SettingKey.subject(provider) + " wants the " + missing + ", which does not exist")
                .sides(facts.configuration().side(provider, member).stream().toList())
                .outcome("It is left out: it would connect otherwise than it is told")
                .absent(behind(provider, facts.configuration()));
    }

    /** And the default provider, where it stands behind that. */
    private static Set<String> behind(String provider, ConfigurationFacts configuration) {
        Set<String> absent = new TreeSet<>(Set.of(provider));
        configuration.active().filter(provider::equals).ifPresent(name -> absent.add(LlmClient.DEFAULT));
        return absent;
    }
}
