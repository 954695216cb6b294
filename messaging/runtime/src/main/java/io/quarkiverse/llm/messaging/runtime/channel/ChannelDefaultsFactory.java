package io.quarkiverse.llm.messaging.runtime.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.llm.messaging.runtime.config.LlmMessagingRuntimeConfig;
import io.quarkiverse.llm.messaging.runtime.config.ShutdownTimes;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * The source of configuration that knows the defaults of our channels, and how long our workers want a shutdown to wait, below
 * everything that somebody has written.
 */
public final class ChannelDefaultsFactory implements ConfigSourceFactory {

    /** Below {@code microprofile-config.properties}, above what the build found out. */
    static final int ORDINAL = 50;

    private static final String PREFIX = "quarkus.llm-messaging.";
    /** As the names of environment variables come, before they are matched with keys. */
    private static final String ENVIRONMENT = "quarkus.llm.messaging.";

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (!isConfigured(context.iterateNames())) {
            return List.of();
        }
        LlmMessagingRuntimeConfig config = mapping(context);
        if (config.workers().isEmpty() && config.remotes().isEmpty()) {
            return List.of();
        }
        Function<String, Optional<String>> values = key -> value(context, key);
        Map<String, String> properties = new ChannelDefaults(ChannelPlan.of(config), values, UUID.randomUUID().toString())
                .properties();
        ShutdownTimes.of(config).needed()
                .ifPresent(needed -> properties.put(ShutdownTimes.KEY, needed.toMillis() + "ms"));
        return List.of(new PropertiesConfigSource(properties, "Defaults of channels of quarkus.llm-messaging", ORDINAL));
    }

    private static boolean isConfigured(Iterator<String> names) {
        while (names.hasNext()) {
            String name = names.next();
            if (isOfGroup(name, PREFIX) || isOfGroup(name, ENVIRONMENT)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfGroup(String name, String prefix) {
        return name.startsWith(prefix)
                && (name.startsWith("workers.", prefix.length()) || name.startsWith("remotes.", prefix.length()));
    }

    /** Read as the running application will, so that it is the same names that environment variables stand for. */
    private static LlmMessagingRuntimeConfig mapping(ConfigSourceContext context) {
        List<String> profiles = new ArrayList<>(context.getProfiles());
        Collections.reverse(profiles);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withProfiles(profiles)
                .withSources(new ConfigSourceContext.ConfigSourceContextConfigSource(context))
                .withSources(context.getConfigSources())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(LlmMessagingRuntimeConfig.class)
                .withValidateUnknown(false)
                .build();
        return config.getConfigMapping(LlmMessagingRuntimeConfig.class);
    }

    private static Optional<String> value(ConfigSourceContext context, String key) {
        ConfigValue value = context.getValue(key);
        return value == null ? Optional.empty() : Optional.ofNullable(value.getValue()).filter(text -> !text.isEmpty());
    }
}
