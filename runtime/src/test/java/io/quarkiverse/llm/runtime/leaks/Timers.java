package io.quarkiverse.llm.runtime.leaks;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** What is scheduled on a Vert.x. It tells nobody, so we look inside. */
final class Timers {

    private Timers() {
    }

    /** How many timers are pending, by the class of their handlers. */
    static Map<String, Integer> pending(Vertx vertx) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Object timer : ((Map<?, ?>) get(vertx, vertx.getClass(), "timeouts")).values()) {
            String handler = get(timer, timer.getClass(), "handler").getClass().getName().replaceFirst("\\$\\$Lambda.*", "");
            counts.merge(handler, 1, Integer::sum);
        }
        return counts;
    }

    /** What is scheduled on all event loops, in words. */
    static List<String> scheduledTasks(Vertx vertx) throws Exception {
        List<String> all = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
            all.addAll(loop.submit(() -> {
                Queue<?> tasks = (Queue<?>) get(loop, AbstractScheduledEventExecutor.class, "scheduledTaskQueue");
                return tasks == null ? List.<String> of() : tasks.stream().map(Object::toString).toList();
            }).get(10, TimeUnit.SECONDS));
        }
        return all;
    }

    private static Object get(Object object, Class<?> type, String field) {
        try {
            Field found = type.getDeclaredField(field);
            found.setAccessible(true);
            return found.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("There is another " + type + " than expected", e);
        }
    }
}
