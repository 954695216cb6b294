package io.quarkiverse.llm.runtime;

import jakarta.enterprise.event.Event;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmProviderChange;
import io.quarkus.arc.Arc;

/** Tells observers of changes. */
final class ProviderEvents {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    private ProviderEvents() {
    }

    /** What goes wrong in an observer is its own business: the change has been made. */
    static void fire(LlmProviderChange change) {
        try {
            event().fireAsync(change).whenComplete((told, failure) -> {
                if (failure != null) {
                    failed(change, failure);
                }
            });
            event().fire(change);
        } catch (Throwable t) {
            failed(change, t);
        }
    }

    private static Event<LlmProviderChange> event() {
        return Arc.container().beanManager().getEvent().select(LlmProviderChange.class);
    }

    private static void failed(LlmProviderChange change, Throwable failure) {
        LOG.errorf(failure, "An observer of %s failed; the change has been made", change);
    }
}
