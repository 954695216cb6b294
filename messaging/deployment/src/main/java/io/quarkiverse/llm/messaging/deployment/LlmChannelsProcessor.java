package io.quarkiverse.llm.messaging.deployment;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.llm.messaging.runtime.channel.ChannelDefaultsConfigBuilder;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelEnd;
import io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.ReactiveMessagingBuildTimeConfig;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ChannelBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ChannelDirection;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ConnectorBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.ConnectorManagedChannelBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.InjectedChannelBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.InjectedEmitterBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.MediatorBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.OrphanChannelBuildItem;

/** Gets the channels of workers and remote providers their connectors, and leaves those of the application theirs. */
class LlmChannelsProcessor {

    private static final String IN_MEMORY_CONNECTOR = "io.smallrye.reactive.messaging.memory.InMemoryConnector";

    @BuildStep
    RunTimeConfigBuilderBuildItem defaults() {
        return new RunTimeConfigBuilderBuildItem(ChannelDefaultsConfigBuilder.class);
    }

    /** Its archive is one of beans, so without this it would be in each production application. */
    @BuildStep
    void inMemory(LaunchModeBuildItem launchMode, BuildProducer<ExcludedTypeBuildItem> excluded) {
        Config config = ConfigProvider.getConfig();
        if (!launchMode.getLaunchMode().isDevOrTest() && !Connectors.namesInMemory(config.getPropertyNames(), values(config))) {
            excluded.produce(new ExcludedTypeBuildItem(IN_MEMORY_CONNECTOR));
        }
    }

    @BuildStep
    void connector(LaunchModeBuildItem launchMode, List<ConnectorBuildItem> connectors,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        Connectors.of(connectors).ofOurChannels(launchMode.getLaunchMode()).ifPresent(name -> defaults
                .produce(new RunTimeConfigurationDefaultBuildItem("quarkus.llm-messaging.connector", name)));
    }

    /** Where the application itself holds the other end of one of our channels, no connector comes between. */
    @BuildStep
    void applicationChannels(List<MediatorBuildItem> methods, List<InjectedChannelBuildItem> injected,
            List<InjectedEmitterBuildItem> emitters, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults,
            BuildProducer<ChannelBuildItem> channels) {
        ApplicationChannels application = ApplicationChannels.of(methods, injected, emitters);
        if (!application.ids().isEmpty()) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem("quarkus.llm-messaging.application-channels",
                    String.join(",", application.ids())));
        }
        Config config = ConfigProvider.getConfig();
        ConfiguredNames names = ConfiguredNames.of(config.getPropertyNames(), values(config));
        for (ChannelEnd end : new ChannelPlan(names.workers(), names.remotes(), application.ids(), Optional.empty()).ends()) {
            if (application.ids().contains(end.opposite().id())) {
                // else Quarkus takes the application's end for an orphan, and attaches it to its connector
                channels.produce(end.incoming() ? ChannelBuildItem.incoming(end.channel(), null)
                        : ChannelBuildItem.outgoing(end.channel(), null));
            }
        }
    }

    /** What Quarkus does itself when there is a single connector, and no longer does because ours is there, too. */
    @BuildStep
    void attach(ReactiveMessagingBuildTimeConfig config, List<OrphanChannelBuildItem> orphans,
            List<ConnectorBuildItem> connectors, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults,
            BuildProducer<ConnectorManagedChannelBuildItem> managed) {
        if (!config.autoConnectorAttachment()) {
            return;
        }
        for (OrphanChannelBuildItem orphan : orphans) {
            Connectors.of(connectors).hiddenByOurs(orphan.getDirection()).ifPresent(connector -> {
                String direction = orphan.getDirection() == ChannelDirection.INCOMING ? "incoming" : "outgoing";
                defaults.produce(new RunTimeConfigurationDefaultBuildItem(
                        ChannelEnd.key(direction, orphan.getName(), "connector"), connector));
                managed.produce(new ConnectorManagedChannelBuildItem(orphan.getName(), orphan.getDirection(), connector));
            });
        }
    }

    private static Function<String, Optional<String>> values(Config config) {
        return key -> config.getOptionalValue(key, String.class);
    }
}
