package io.quarkiverse.llm.gateway.runtime.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.bucket4j.TimeMeter;

/** Time that passes when a test says so, and alarms that ring then. */
final class ManualTime implements TimeMeter, Alarm {

    private record Set(long at, Runnable action) {
    }

    private final List<Set> alarms = new ArrayList<>();
    private long now = 1_000_000_000_000L;

    void pass(Duration time) {
        now += time.toNanos();
        List<Set> due = alarms.stream().filter(set -> set.at() <= now).sorted(Comparator.comparingLong(Set::at)).toList();
        alarms.removeAll(due);
        due.forEach(set -> set.action().run());
    }

    int set() {
        return alarms.size();
    }

    @Override
    public Runnable in(Duration time, Runnable action) {
        Set set = new Set(now + time.toNanos(), action);
        alarms.add(set);
        return () -> alarms.remove(set);
    }

    @Override
    public long currentTimeNanos() {
        return now;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
