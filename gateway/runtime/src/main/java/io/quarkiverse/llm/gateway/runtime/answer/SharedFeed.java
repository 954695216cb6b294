package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;

import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.EventLogReader;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.StoredResponse;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.smallrye.mutiny.Uni;

/** The events of a response that another instance is making: it looks into the store again and again. */
final class SharedFeed implements EventFeed {

    private final StoredJobs jobs;
    private final ResponsesServerCodec codec;
    private final String owner;
    private final String id;
    private final int after;
    private final EventLog log = new EventLog();
    private EventLogReader reader;
    private int chunks;
    private boolean whole;

    SharedFeed(StoredJobs jobs, ResponsesServerCodec codec, String owner, String id, int after) {
        this.jobs = jobs;
        this.codec = codec;
        this.owner = owner;
        this.id = id;
        this.after = after;
        this.reader = log.reader(after);
    }

    @Override
    public Uni<List<FedEvent>> next() {
        return Uni.createFrom().deferred(() -> {
            List<FedEvent> events = FedEvent.next(reader, Integer.MAX_VALUE);
            return !events.isEmpty() || whole ? Uni.createFrom().item(events) : look();
        });
    }

    private Uni<List<FedEvent>> look() {
        return jobs.find(owner, id).chain(found -> {
            if (found.isEmpty()) {
                whole = true;
                return next();
            }
            return found.get().isOpen() ? more() : rest(found.get());
        });
    }

    private Uni<List<FedEvent>> more() {
        return jobs.mark(owner, id).chain(mark -> {
            int there = mark.map(known -> known.chunks()).orElse(0);
            if (there <= chunks) {
                return later();
            }
            return jobs.chunks(owner, id, chunks, there).chain(read -> {
                if (read.size() < there - chunks) {
                    // they are taken away when it is over
                    return later();
                }
                read.forEach(log::append);
                chunks = there;
                return next();
            });
        });
    }

    private Uni<List<FedEvent>> later() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(jobs.times().flush()).chain(this::next);
    }

    /** It is over, and what is left is in one piece. */
    private Uni<List<FedEvent>> rest(StoredResponse response) {
        return jobs.responses().events(owner, id).chain(events -> {
            whole = true;
            reader = ToldLog.of(events, response, codec).reader(Math.max(after, reader.position() - 1));
            return next();
        });
    }
}
