package io.quarkiverse.llm.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** A value that could not be converted: the key, and what the converter says. */
    private static final Pattern CONVERSION = Pattern
            .compile("(?:[\\w.]+: )?SRCFG\\d+: The config property (\\S+) with the config value "
                    + "\".*\" threw an Exception whilst being converted (?:SRCFG\\d+: )?(.*)", Pattern.DOTALL);

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
                .withProfiles(weakestFirst(original.getProfiles()))
                .withMapping(LlmRuntimeConfig.class)
                .withMappingIgnore("quarkus.**")
                .withSources(sources)
                .build();
    }

    /** A configuration tells its profiles the strongest first, and wants to be told the strongest last. */
    private static List<String> weakestFirst(List<String> profiles) {
        List<String> reversed = new ArrayList<>(profiles);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount()).mapToObj(i -> sentence(invalid.getProblem(i).getMessage()))
                .collect(Collectors.joining("\n"));
    }

    /** Without what only the authors of the configuration library understand. */
    private static String sentence(String problem) {
        Matcher conversion = CONVERSION.matcher(problem);
        return conversion.matches() ? conversion.group(1) + ": " + conversion.group(2) : problem;
    }
}
