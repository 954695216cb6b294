package io.quarkiverse.llm.messaging.runtime.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkus.runtime.annotations.ConfigDocIgnore;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;

/** Who answers requests that stand on channels, and who sends requests there. */
@ConfigMapping(prefix = "quarkus.llm-messaging")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface LlmMessagingRuntimeConfig {

    /**
     * The connector of those channels of workers and remotes that name none themselves with
     * {@code mp.messaging.incoming.CHANNEL.connector} or {@code mp.messaging.outgoing.CHANNEL.connector}.
     * {@code smallrye-in-memory} in development and test; else the only connector of the application, where there is one.
     * Channels that both ends of are in the application, and that name none, need no connector; nor do responses and dead
     * letters of a worker whose remote is there: without a connector of their own they are dropped.
     */
    Optional<String> connector();

    /**
     * Ends of channels that methods and injection points of the application hold, as {@code incoming.CHANNEL} and
     * {@code outgoing.CHANNEL}. The build finds them.
     */
    @ConfigDocIgnore
    Optional<Set<String>> applicationChannels();

    /**
     * Workers, by name. The worker {@code NAME} takes requests from the channel {@code NAME-requests} and cancels from
     * {@code NAME-cancels}, and writes to {@code NAME-events}, {@code NAME-responses} and {@code NAME-dead-letters}.
     */
    @ConfigDocMapKey("name")
    Map<String, WorkerConfig> workers();

    /**
     * Providers that send their requests to workers elsewhere, by name: {@code @LlmClient("NAME")}. The remote {@code NAME}
     * writes to the channels {@code NAME-requests} and {@code NAME-cancels}, and reads {@code NAME-events}.
     */
    @ConfigDocMapKey("name")
    Map<String, RemoteConfig> remotes();
}
