package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;

import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.EventLogReader;
import io.smallrye.mutiny.Uni;

/** The events of a response that is over. */
final class KeptFeed implements EventFeed {

    private final EventLogReader reader;

    /**
     * @param after the number of the last one that is left out
     */
    KeptFeed(EventLog log, int after) {
        this.reader = log.reader(after);
    }

    @Override
    public Uni<List<FedEvent>> next() {
        return Uni.createFrom().item(() -> FedEvent.next(reader, Integer.MAX_VALUE));
    }
}
