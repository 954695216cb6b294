package io.quarkiverse.llm.gateway.runtime.limits;

import java.time.Duration;

/** Wakes somebody up later. */
@FunctionalInterface
interface Alarm {

    /** What takes it back. */
    Runnable in(Duration time, Runnable action);
}
