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
        return Uni.createFrom().emitter(to -> context.runOnContext(there -> read(to)));
    }

    private void read(UniEmitter<? super List<FedEvent>> to) {
        try {
            if (reader == null) {
                reader = out.log().reader(after);
            }
            List<FedEvent> events = out.read(reader);
            if (events.isEmpty() && !out.isOver()) {
                out.onNews(() -> read(to));
            } else {
                to.complete(events);
            }
        } catch (RuntimeException e) {
            to.fail(e);
        }
    }
}
