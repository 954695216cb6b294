package io.quarkiverse.llm.messaging.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** A provider whose requests are answered by workers elsewhere. */
@ConfigGroup
public interface RemoteConfig {

    /**
     * Whether there is this provider. When it is false, its channels are left alone.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * How long an answer may take, unless the request says so itself. It is the deadline that workers are told. Must be longer
     * than {@code 0s}.
     */
    @WithDefault("10m")
    Duration timeout();

    /**
     * How long to wait for the first event: for as long, requests may wait for a free worker. Must be longer than {@code 0s}.
     */
    @WithDefault("5m")
    Duration firstEventTimeout();

    /**
     * How long to wait for the next event. Set it longer than a worker's crash stays undiscovered. Must be longer than
     * {@code 0s}.
     */
    @WithDefault("2m")
    Duration idleTimeout();

    /**
     * How many bytes of events wait in memory, of one answer, for a subscriber that is slower than the worker. The stream fails
     * when there are more. As much is kept of what was handed on, for a failure in the middle: of a larger answer,
     * {@code partial()} of the failure has nothing. Must be larger than 0.
     */
    @WithDefault("8M")
    MemorySize maxWaitingSize();

    /**
     * How many requests wait in memory until the channel {@code NAME-requests} takes them: while the broker is away, or for
     * workers of the same application while these have no free place. Further ones fail with an
     * {@code LlmOverloadedException}, which is retryable. What the connector has taken and not written yet is not among them:
     * that is bounded by its {@code max-inflight-messages}. Must be 1 or more.
     */
    @WithDefault("1000")
    int maxWaitingRequests();

    /**
     * Where workers shall send the events of this instance: for Kafka a topic, which the channel {@code NAME-events} then must
     * read. Unless set, they go where the workers' channel {@code NAME-events} goes, and each instance reads those of all.
     */
    Optional<String> replyTo();

    /**
     * The models that the workers offer, for those who ask for a list. None unless set.
     */
    Optional<List<String>> models();
}
