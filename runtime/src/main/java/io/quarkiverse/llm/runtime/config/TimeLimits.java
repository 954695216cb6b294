package io.quarkiverse.llm.runtime.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long things may take; each limit has an error of its own.
 *
 * @param connect until the TCP and TLS connection stands
 * @param acquire until there is room for the request
 * @param firstEvent from the request to the first event of a stream; comments do not count
 * @param idle between two signs of life of a stream; comments count
 * @param total the whole exchange
 */
public record TimeLimits(Duration connect, Duration acquire, Duration firstEvent, Duration idle, Optional<Duration> total) {

    public TimeLimits withTotal(Duration total) {
        return new TimeLimits(connect, acquire, firstEvent, idle, Optional.of(total));
    }
}
