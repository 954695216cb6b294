package io.quarkiverse.llm.runtime.config;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import io.quarkiverse.llm.Secret;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithParentName;
import io.smallrye.config.common.utils.StringUtil;

/**
 * The settings that there are, by the names that they have in keys: {@code base-url}, {@code quirks.seed-field}. The build
 * reads them from the mappings and hands them to the application.
 *
 * @param values of a provider, one value each
 * @param maps of a provider, with a name of the user's behind them: {@code headers}
 * @param secrets those of {@code values} that are secret; what is in {@code maps} always is
 * @param general beside the providers, for the running application: {@code active}
 * @param buildTime beside the providers, for the build
 */
public record SettingNames(SortedSet<String> values, SortedSet<String> maps, SortedSet<String> secrets,
        SortedSet<String> general, SortedSet<String> buildTime) {

    /** As the mappings say. */
    public static SettingNames ofMappings() {
        SettingNames names = empty();
        collect(LlmProviderConfig.class, "", names.values, names.maps, names.secrets);
        collect(LlmRuntimeConfig.class, "", names.general, new TreeSet<>(), new TreeSet<>());
        collect(LlmBuildConfig.class, "", names.buildTime, new TreeSet<>(), new TreeSet<>());
        return names;
    }

    private static SettingNames empty() {
        return new SettingNames(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    private static void collect(Class<?> mapping, String prefix, SortedSet<String> values, SortedSet<String> maps,
            SortedSet<String> secrets) {
        for (Method method : mapping.getMethods()) {
            String name = prefix + StringUtil.skewer(method.getName());
            Type type = method.getGenericReturnType();
            if (method.isAnnotationPresent(WithParentName.class)) {
                // the providers themselves
                continue;
            } else if (type instanceof Class<?> group && group.isAnnotationPresent(ConfigGroup.class)) {
                collect(group, name + ".", values, maps, secrets);
            } else if (method.getReturnType() == Map.class) {
                maps.add(name);
            } else {
                values.add(name);
                if (type.getTypeName().contains(Secret.class.getName())) {
                    secrets.add(name);
                }
            }
        }
    }

    /** Whether a provider has such a setting. */
    public boolean isOfProvider(String name) {
        return values.contains(name) || map(name);
    }

    private boolean map(String name) {
        return maps.stream().anyMatch(map -> name.startsWith(map + ".") && name.length() > map.length() + 1);
    }

    /** Whether a provider's setting is meant for one server alone: what is secret, and what names an account. */
    public boolean isOfServer(String name) {
        return isSecret(name) || name.equals("organization") || name.equals("project");
    }

    /** Whether the value of a provider's setting must not be shown. */
    public boolean isSecret(String name) {
        return secrets.contains(name) || map(name);
    }
}
