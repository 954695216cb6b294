package io.quarkiverse.llm.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Reads a configuration anew, with the mapping of the providers: the configuration of an application is a snapshot that was
 * taken at its start, and that of a build does not know the mapping.
 */
public final class ConfigCopy {

    private ConfigCopy() {
    }

    /**
     * With the sources as they are.
     *
     * @throws ConfigurationException with a sentence for each value that cannot be read
     */
    public static SmallRyeConfig of(SmallRyeConfig original, ClassLoader loader) {
        return of(original, loader, UnaryOperator.identity());
    }

    /**
     * @param loader of the application: finds converters, and what its configuration uses besides
     * @param sources says which sources the copy has, given those of the original
     * @throws ConfigurationException with a sentence for each value that cannot be read
     */
    public static SmallRyeConfig of(SmallRyeConfig original, ClassLoader loader, UnaryOperator<List<ConfigSource>> sources) {
        List<ConfigSource> all = new ArrayList<>();
        original.getConfigSources().forEach(all::add);
        try {
            return build(original, loader, sources.apply(all));
        } catch (ConfigValidationException e) {
            throw new ConfigurationException(problems(e), e);
        }
    }

    private static SmallRyeConfig build(SmallRyeConfig original, ClassLoader loader, List<ConfigSource> sources) {
        return new SmallRyeConfigBuilder()
                .forClassLoader(loader)
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .addDiscoveredSecretKeysHandlers()
                .withProfiles(new ArrayList<>(original.getProfiles()))
                .withMapping(LlmRuntimeConfig.class)
                .withMappingIgnore("quarkus.**")
                .withSources(sources)
                .build();
    }

    private static String problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount()).mapToObj(i -> invalid.getProblem(i).getMessage())
                .collect(Collectors.joining("\n"));
    }
}
