package io.quarkiverse.llm.guides;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import jakarta.inject.Singleton;

import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Repair;

// tag::listener[]
@Singleton
public class RepairCounter implements LlmListener {

    private final Map<Repair, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
        repairs.forEach((repair, count) -> counts.computeIfAbsent(repair, first -> new LongAdder()).add(count));
    }

    public long count(Repair repair) {
        return counts.getOrDefault(repair, new LongAdder()).sum();
    }
}
// end::listener[]
