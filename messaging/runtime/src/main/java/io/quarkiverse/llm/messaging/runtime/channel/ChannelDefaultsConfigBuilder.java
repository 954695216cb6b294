package io.quarkiverse.llm.messaging.runtime.channel;

import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Brings the defaults of our channels into the configuration of the running application. */
public final class ChannelDefaultsConfigBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withSources(new ChannelDefaultsFactory());
    }
}
