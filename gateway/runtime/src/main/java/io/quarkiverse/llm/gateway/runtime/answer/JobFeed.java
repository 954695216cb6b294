package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;

import io.quarkiverse.llm.gateway.runtime.state.EventLogReader;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;

/** The events of a response that this instance is making, as they come. */
final class JobFeed implements EventFeed {

    private final ContextInternal context;
    private final JobOut out;
    private final int after;
    private EventLogReader reader;

    JobFeed(Job job, int after) {
        this.context = job.context();
        this.out = job.out();
        this.after = after;
    }

    @Override
    public Uni<List<FedEvent>> next() {
        return Uni.createFrom().emitter(to -> {
            Reading reading = new Reading(to);
            to.onTermination(reading::end);
            context.runOnContext(there -> reading.run());
        });
    }

    /** Waits for news until there are some, or its client leaves. */
    private final class Reading implements Runnable {

        private final UniEmitter<? super List<FedEvent>> to;
        private volatile boolean over;

        Reading(UniEmitter<? super List<FedEvent>> to) {
            this.to = to;
        }

        @Override
        public void run() {
            if (over) {
                return;
            }
            try {
                if (reader == null) {
                    reader = out.log().reader(after);
                }
                List<FedEvent> events = out.read(reader);
                if (events.isEmpty() && !out.isOver()) {
                    out.onNews(this);
                } else {
                    over = true;
                    to.complete(events);
                }
            } catch (RuntimeException e) {
                over = true;
                to.fail(e);
            }
        }

        /** On any thread. */
        void end() {
            if (!over) {
                over = true;
                context.runOnContext(there -> out.forget(this));
            }
        }
    }
}
