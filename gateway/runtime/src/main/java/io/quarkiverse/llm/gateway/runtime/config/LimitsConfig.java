package io.quarkiverse.llm.gateway.runtime.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.quarkus.runtime.annotations.ConfigGroup;

/** What one caller may ask for. */
@ConfigGroup
public interface LimitsConfig {

    /**
     * How many requests may come in a minute. What is not used is saved up for a minute at most. No limit unless set. Must be
     * larger than 0.
     */
    OptionalLong requestsPerMinute();

    /**
     * How many tokens may be used in a minute, those of inputs and outputs together, as the provider counts them. A request
     * that takes more than is left is answered; further ones are refused until that is made up for. No limit unless set. Must
     * be larger than 0.
     */
    OptionalLong tokensPerMinute();

    /**
     * How many requests may be under way at once. No limit unless set. Must be larger than 0.
     */
    OptionalInt concurrentRequests();

    /**
     * How many requests may wait while {@code concurrent-requests} are under way; with 0 a further one is refused at once.
     * 100 unless set. Must not be negative.
     */
    OptionalInt queueLength();

    /**
     * How long a request may wait while {@code concurrent-requests} are under way. {@code 30s} unless set. Must be longer than
     * {@code 0s}.
     */
    Optional<Duration> queueTimeout();

    /**
     * How many WebSockets may be open at once. No limit unless set. Must be larger than 0.
     */
    OptionalInt websockets();
}
