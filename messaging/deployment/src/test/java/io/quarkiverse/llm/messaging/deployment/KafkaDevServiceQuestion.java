package io.quarkiverse.llm.messaging.deployment;

import java.util.List;
import java.util.function.Consumer;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.IsDockerWorking;
import io.quarkus.deployment.builditem.DevServicesComposeProjectBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.DockerStatusBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.kafka.client.deployment.DevServicesKafkaProcessor;
import io.quarkus.kafka.client.deployment.KafkaBuildTimeConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * Asks Quarkus in the build whether the application has a Kafka Dev Service where there is Docker. Nothing is started: to be
 * used with {@code quarkus.devservices.enabled=false}, which keeps Quarkus from asking, but is not part of the answer.
 */
final class KafkaDevServiceQuestion implements Consumer<BuildChainBuilder> {

    /** What the Dev Service would configure; not there without one. */
    static final String ANSWER = "answer.dev-service";

    @Override
    public void accept(BuildChainBuilder chain) {
        chain.addBuildStep(new Step()).consumes(LaunchModeBuildItem.class)
                .produces(RunTimeConfigurationDefaultBuildItem.class).build();
    }

    /** A class of its own, since the application, which loads the one around it, cannot load the build items. */
    private static final class Step implements BuildStep {

        @Override
        public void execute(BuildContext context) {
            SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
            DevServicesResultBuildItem service = new DevServicesKafkaProcessor().startKafkaDevService(
                    new DockerStatusBuildItem(new WorkingDocker()), new DevServicesComposeProjectBuildItem(),
                    context.consume(LaunchModeBuildItem.class), config.getConfigMapping(KafkaBuildTimeConfig.class),
                    List.of(), config.getConfigMapping(DevServicesConfig.class));
            if (service != null) {
                context.produce(new RunTimeConfigurationDefaultBuildItem(ANSWER,
                        String.join(",", service.getApplicationConfigProvider().keySet())));
            }
        }
    }

    private static final class WorkingDocker extends IsDockerWorking {

        @Override
        public boolean getAsBoolean() {
            return true;
        }
    }
}
