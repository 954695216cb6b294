package io.quarkiverse.llm.gateway.runtime.state;

import java.time.Duration;

/**
 * How closely instances look at each other's work.
 *
 * @param flush how long an event may be known to the instance alone that makes it; others look as often
 * @param renew how often an instance says that it is still at work, and learns that it shall stop
 * @param lease how long one may say nothing until it counts as gone: several times {@code renew}, since machines pause,
 *        and their clocks differ
 */
public record JobTimes(Duration flush, Duration renew, Duration lease) {

    /** What costs little and is soon enough for people. */
    public static final JobTimes USUAL = new JobTimes(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(10));
}
