package io.quarkiverse.llm.gateway.runtime.limits;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.quarkiverse.llm.Usage;

/** What one caller has asked for and got, since the start. Thread-safe. */
final class CallerUsage {

    final LongAdder requests = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder inputTokens = new LongAdder();
    final LongAdder cachedInputTokens = new LongAdder();
    final LongAdder outputTokens = new LongAdder();
    final AtomicInteger openRequests = new AtomicInteger();
    final AtomicInteger openWebSockets = new AtomicInteger();

    void add(Usage usage) {
        inputTokens.add(usage.inputTokens());
        cachedInputTokens.add(usage.cachedInputTokens());
        outputTokens.add(usage.outputTokens());
    }
}
