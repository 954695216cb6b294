package io.quarkiverse.llm.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithParentName;

/** Holds what keeps phantom providers away when settings are added. */
class ReservedNamesTest {

    @Test
    void noMemberOfAProviderIsAMemberOfAGroupBesideTheProviders() {
        Set<String> shared = new TreeSet<>(names(Stream.of(LlmProviderConfig.class.getMethods())));
        shared.retainAll(names(groups().flatMap(group -> Stream.of(group.getReturnType().getMethods()))));

        assertThat(shared).isEmpty();
    }

    @Test
    void everyGroupAndMapOfAProviderIsReserved() {
        Stream<Method> nested = Stream.of(LlmProviderConfig.class.getMethods())
                .filter(method -> method.getReturnType() == Map.class || isGroup(method));

        assertThat(names(nested)).contains("headers", "websocket").allMatch(ReservedNames::contains);
    }

    @Test
    void everythingBesideTheProvidersIsReserved() {
        assertThat(names(groups())).contains("active", "devservices", "openai-environment")
                .allMatch(ReservedNames::contains);
    }

    @Test
    void everyMemberThatReadsAsProviderAndMemberIsReserved() {
        Set<String> members = names(Stream.of(LlmProviderConfig.class.getMethods()));
        Set<String> beginnings = new TreeSet<>();
        for (String member : members) {
            for (String end : members) {
                if (member.endsWith("-" + end)) {
                    beginnings.add(member.substring(0, member.length() - end.length() - 1));
                }
            }
        }

        assertThat(beginnings).contains("connect").allMatch(ReservedNames::contains);
    }

    @Test
    void theSentenceSaysWhy() {
        assertThat(ReservedNames.sentence("gateway")).isEqualTo("'gateway' cannot be the name of a provider, because "
                + "quarkus.llm.gateway.* means something else: choose another name");
    }

    private static Stream<Method> groups() {
        return Stream.of(LlmBuildConfig.class, LlmRuntimeConfig.class).flatMap(type -> Stream.of(type.getMethods()))
                .filter(method -> !method.isAnnotationPresent(WithParentName.class));
    }

    private static boolean isGroup(Method method) {
        return method.getReturnType().isAnnotationPresent(ConfigGroup.class);
    }

    private static Set<String> names(Stream<Method> members) {
        return members.map(method -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase()).collect(Collectors.toSet());
    }
}
