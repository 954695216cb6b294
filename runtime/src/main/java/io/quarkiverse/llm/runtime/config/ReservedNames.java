package io.quarkiverse.llm.runtime.config;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names that no provider may have, because {@code quarkus.llm.NAME.} is or looks like something else. The one place where
 * they are dropped from the keys of the provider map.
 */
public final class ReservedNames {

    /** Groups of settings beside the providers, present and to come. */
    private static final Set<String> GROUPS = Set.of("active", "conflicts", "conflicts-ignore", "default", "devservices",
            "health",
            "openai-environment");

    /** Maps and groups of a provider: {@code quarkus.llm.headers.model} is a header of the default provider. */
    private static final Set<String> PROVIDER_GROUPS = Set.of("capabilities", "extra-body", "headers", "query-parameters",
            "quirks", "record", "websocket");

    /** Other modules: {@code QUARKUS_LLM_GATEWAY_TIMEOUT} is meant for {@code quarkus.llm-gateway.timeout}. */
    private static final Set<String> MODULES = Set.of("gateway", "messaging");

    /** Beginnings of members: {@code QUARKUS_LLM_CONNECT_TIMEOUT} is meant for {@code quarkus.llm.connect-timeout}. */
    private static final Set<String> BEGINNINGS = Set.of("acquire", "connect", "first-event", "idle", "keep-alive");

    private ReservedNames() {
    }

    public static boolean contains(String name) {
        return GROUPS.contains(name) || PROVIDER_GROUPS.contains(name) || MODULES.contains(name) || BEGINNINGS.contains(name);
    }

    /** The given keys of the provider map without the reserved ones. */
    public static SortedSet<String> without(Collection<String> keys) {
        SortedSet<String> names = new TreeSet<>(keys);
        names.removeIf(ReservedNames::contains);
        return names;
    }

    /** Whether another module has the prefix {@code quarkus.llm-NAME}. */
    public static boolean isModule(String name) {
        return MODULES.contains(name);
    }

    /** Whether an environment variable that seems to give a provider this name may be meant for a key that there is. */
    public static boolean mayBeAnotherKey(String name) {
        return isModule(name) || BEGINNINGS.contains(name);
    }

    /** Why a provider cannot have this name, and what to do. */
    public static String sentence(String name) {
        return reason(name) + ": choose another name";
    }

    /** Why a provider cannot have this name. */
    public static String reason(String name) {
        return "'" + name + "' cannot be the name of a provider, because quarkus.llm." + name + ".* means something else";
    }
}
