package io.quarkiverse.llm.messaging.runtime.remote;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.messaging.runtime.config.MessagingKey;
import io.quarkiverse.llm.messaging.runtime.config.RemoteConfig;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * What a remote provider works with.
 *
 * @param maxWaitingSize in bytes
 * @param models empty when nobody has told which there are
 */
record RemoteSettings(String name, Duration timeout, Duration firstEventTimeout, Duration idleTimeout, long maxWaitingSize,
        int maxWaitingRequests, Optional<String> replyTo, Optional<List<String>> models) {

    /**
     * @throws ConfigurationException with a sentence that names the key
     */
    static RemoteSettings of(String name, RemoteConfig config) {
        long size = config.maxWaitingSize().asLongValue();
        if (size <= 0) {
            throw new ConfigurationException(
                    MessagingKey.remote(name, "max-waiting-size") + " must be larger than 0, not " + size);
        }
        int requests = config.maxWaitingRequests();
        if (requests < 1) {
            throw new ConfigurationException(
                    MessagingKey.remote(name, "max-waiting-requests") + " must be larger than 0, not " + requests);
        }
        return new RemoteSettings(name, positive(name, "timeout", config.timeout()),
                positive(name, "first-event-timeout", config.firstEventTimeout()),
                positive(name, "idle-timeout", config.idleTimeout()), size, requests,
                config.replyTo().filter(address -> !address.isBlank()), config.models());
    }

    private static Duration positive(String name, String member, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new ConfigurationException(
                    MessagingKey.remote(name, member) + " must be longer than 0s, such as 30s, not " + value.toMillis() + "ms");
        }
        return value;
    }

    /** {@code quarkus.llm-messaging.remotes.pool.timeout}; a name with a dot stands in quotes. */
    String key(String member) {
        return MessagingKey.remote(name, member);
    }
}
