package io.quarkiverse.llm.messaging.runtime.remote;

import java.time.Duration;
import java.util.ArrayList;
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
     * @throws ConfigurationException with a sentence for each mistake, which names the key
     */
    static RemoteSettings of(String name, RemoteConfig config) {
        RemoteSettings settings = new RemoteSettings(name, config.timeout(), config.firstEventTimeout(), config.idleTimeout(),
                config.maxWaitingSize().asLongValue(), config.maxWaitingRequests(),
                config.replyTo().filter(address -> !address.isBlank()), config.models());
        List<String> mistakes = settings.mistakes();
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(String.join("\n", mistakes));
        }
        return settings;
    }

    private List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        positive("timeout", timeout, mistakes);
        positive("first-event-timeout", firstEventTimeout, mistakes);
        positive("idle-timeout", idleTimeout, mistakes);
        positive("max-waiting-size", maxWaitingSize, mistakes);
        positive("max-waiting-requests", maxWaitingRequests, mistakes);
        return mistakes;
    }

    private void positive(String member, Duration value, List<String> mistakes) {
        if (value.isNegative() || value.isZero()) {
            mistakes.add(key(member) + " must be longer than 0s, such as 30s, not " + value.toMillis() + "ms");
        }
    }

    private void positive(String member, long value, List<String> mistakes) {
        if (value < 1) {
            mistakes.add(key(member) + " must be larger than 0, not " + value);
        }
    }

    /** {@code quarkus.llm-messaging.remotes.pool.timeout}; a name with a dot stands in quotes. */
    String key(String member) {
        return MessagingKey.remote(name, member);
    }
}
