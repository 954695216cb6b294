package io.quarkiverse.llm.benchmarks.endtoend;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;

import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/**
 * The bytes this process has allocated, by what the garbage collector finds: the thread bean forgets what a thread had
 * allocated that has ended, and some clients end many. For collectors that stop the world.
 */
final class Allocation {

    private static final Allocation COUNTED = new Allocation();

    private long allocated;
    private long usedAfterLast = used();

    private Allocation() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((notification, none) -> collected(
                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())), null, null);
        }
    }

    private synchronized void collected(GarbageCollectionNotificationInfo collection) {
        allocated += sum(collection.getGcInfo().getMemoryUsageBeforeGc()) - usedAfterLast;
        usedAfterLast = sum(collection.getGcInfo().getMemoryUsageAfterGc());
    }

    private static long sum(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream().filter(pool -> isHeap(pool.getKey())).mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    private static boolean isHeap(String pool) {
        return pool.contains("Eden") || pool.contains("Survivor") || pool.contains("Tenured") || pool.contains("Old");
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static long soFar() {
        // until nothing is on its way here
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (COUNTED) {
            return COUNTED.allocated + used() - COUNTED.usedAfterLast;
        }
    }
}
