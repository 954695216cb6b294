package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.EventLogReader;
import io.quarkiverse.llm.gateway.runtime.state.JobMark;
import io.quarkiverse.llm.gateway.runtime.state.NotKeptException;
import io.quarkiverse.llm.gateway.runtime.state.StoredJobs;
import io.quarkiverse.llm.gateway.runtime.state.StoredResponse;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.smallrye.mutiny.Uni;

/** The events of a response that another instance is making: it looks into the store again and again. */
final class SharedFeed implements EventFeed {

    private static final Uni<List<FedEvent>> NOTHING_YET = Uni.createFrom().item(List.of());

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
            return !events.isEmpty() || whole ? Uni.createFrom().item(events) : awaitMore();
        });
    }

    /** Each look is on its own: however long nothing happens, nothing piles up. */
    private Uni<List<FedEvent>> awaitMore() {
        return Uni.createFrom().deferred(this::look).repeat().withDelay(jobs.times().flush())
                .whilst(events -> events.isEmpty() && !whole).select().last().toUni();
    }

    /** What is new; none for nothing yet. The mark is small, and the response may be large. */
    private Uni<List<FedEvent>> look() {
        return jobs.mark(owner, id).chain(mark -> mark.filter(this::isBeingMade).isPresent() ? more(mark.get().chunks())
                : jobs.find(owner, id).chain(this::end));
    }

    private boolean isBeingMade(JobMark mark) {
        return switch (mark.kind()) {
            case QUEUED, RUNNING, CANCELLED ->
                System.currentTimeMillis() - mark.renewed() <= jobs.times().lease().toMillis();
            case ENDING, DELETED, GONE -> false;
        };
    }

    private Uni<List<FedEvent>> more(int there) {
        if (there <= chunks) {
            return NOTHING_YET;
        }
        return jobs.chunks(owner, id, chunks, there).map(read -> {
            // they are taken away when it is over
            if (read.size() == there - chunks) {
                read.forEach(log::append);
                chunks = there;
            }
            return FedEvent.next(reader, Integer.MAX_VALUE);
        });
    }

    private Uni<List<FedEvent>> end(Optional<StoredResponse> found) {
        if (found.isEmpty()) {
            // deleted: a stream without its last event must not look like a whole one
            return Uni.createFrom().failure(NotKeptException.response(id));
        }
        return found.get().isOpen() ? NOTHING_YET : rest(found.get());
    }

    /** It is over, and what is left is in one piece. */
    private Uni<List<FedEvent>> rest(StoredResponse response) {
        return jobs.responses().events(owner, id).map(events -> {
            whole = true;
            reader = ToldLog.of(events, response, codec).reader(Math.max(after, reader.position() - 1));
            return FedEvent.next(reader, Integer.MAX_VALUE);
        });
    }
}
