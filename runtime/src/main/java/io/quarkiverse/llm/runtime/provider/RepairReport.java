package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmListener;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.SettingKey;

/**
 * Tells what had to be repaired in the answers of one provider: listeners each time, the log once for each kind. Thread-safe.
 */
final class RepairReport {

    private static final Logger LOG = Logger.getLogger(RepairReport.class.getPackageName());

    private final String provider;
    private final Supplier<List<LlmListener>> listeners;
    private final Set<Repair> logged = ConcurrentHashMap.newKeySet();

    /**
     * @param listeners asked for when there is something to tell
     */
    RepairReport(String provider, Supplier<List<LlmListener>> listeners) {
        this.provider = provider;
        this.listeners = listeners;
    }

    /** An answer has ended. To be called once. */
    void ended(LlmRequest request, Map<Repair, Integer> repairs) {
        if (repairs.isEmpty()) {
            return;
        }
        for (Repair repair : repairs.keySet()) {
            if (logged.add(repair)) {
                LOG.debugf("%s: an answer departed from its wire API and was repaired: %s. Said once",
                        SettingKey.subject(provider), repair.wireName());
            }
        }
        try {
            Map<Repair, Integer> told = Map.copyOf(repairs);
            listeners.get().forEach(listener -> tell(listener, request, told));
        } catch (Throwable t) {
            LOG.errorf(t, "%s: the listeners of repairs cannot be had", SettingKey.subject(provider));
        }
    }

    private void tell(LlmListener listener, LlmRequest request, Map<Repair, Integer> repairs) {
        try {
            listener.onRepairs(provider, request, repairs);
        } catch (Throwable t) {
            LOG.errorf(t, "%s: %s failed to hear of repairs", SettingKey.subject(provider), listener.getClass().getName());
        }
    }
}
