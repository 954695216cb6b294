package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.runtime.wire.Degradation;

/**
 * Tells of what could not be handed on as it came. Each kind is a warning once: agents replay the same things with each
 * request. All of them are there for whoever looks at the details. Thread-safe.
 */
final class DegradationLog {

    private static final int MOST_KINDS = 1_000;
    private static final int LONGEST = 500;

    private final Logger log;
    /** Of those told last, so many that no client runs the memory full with names of its own. */
    private final Set<String> kinds = Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KINDS;
        }
    }));

    DegradationLog(Logger log) {
        this.log = log;
    }

    void tell(String request, List<Degradation> degradations) {
        for (Degradation degradation : degradations) {
            String what = Printable.of(degradation.what(), LONGEST);
            if (kinds.add(what)) {
                log.warnf("%s %s. It is warned of this once", request, what);
            }
            if (log.isDebugEnabled()) {
                log.debugf("%s %s: %s", request, Printable.of(degradation.place(), LONGEST), what);
            }
        }
    }
}
