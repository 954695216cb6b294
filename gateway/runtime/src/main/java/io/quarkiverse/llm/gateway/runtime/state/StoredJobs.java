package io.quarkiverse.llm.gateway.runtime.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.JobMark.Kind;
import io.quarkiverse.llm.gateway.runtime.store.StateStore;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.smallrye.mutiny.Uni;

/**
 * The responses that are being made in the background, as all instances that share the store see them. Only the instance that
 * makes one writes what comes of it, and only as long as its mark is as it has left it; what others want they write into the
 * mark. Thread-safe.
 */
public final class StoredJobs {

    private static final Logger LOG = Logger.getLogger(StoredJobs.class.getPackageName());
    /** How often two may get in each other's way until one gives up. */
    private static final int ATTEMPTS = 20;

    private final StateStore store;
    private final ResponseStore responses;
    private final JobTimes times;

    public StoredJobs(StateStore store, JobTimes times) {
        this.store = store;
        this.responses = new ResponseStore(store);
        this.times = times;
    }

    public JobTimes times() {
        return times;
    }

    public ResponseStore responses() {
        return responses;
    }

    /**
     * Says that a response will be made.
     *
     * @param chunk the events so far; empty where none are kept
     */
    public Uni<JobMark> begin(String owner, RawJson resource, Window asked, Optional<byte[]> chunk) {
        StateKeys keys = new StateKeys(owner);
        String id = id(resource);
        JobMark mark = new JobMark(Kind.QUEUED, System.currentTimeMillis(), chunk.isPresent() ? 1 : 0);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        chunk.ifPresent(events -> entries.put(keys.chunk(id, 0), events));
        entries.put(keys.job(id), mark.encode());
        return store.put(entries).chain(() -> responses.keep(owner, resource, asked, List.of(), Optional.empty()))
                .replaceWith(mark);
    }

    private static String id(RawJson resource) {
        return JsonFields.of(resource).string("id").orElseThrow();
    }

    /**
     * Says that it is still being made, and how far it is.
     *
     * @return the mark as it is now; empty where it is not any more what it was
     */
    public Uni<Optional<JobMark>> renew(String owner, String id, JobMark held, Kind kind, Optional<byte[]> chunk) {
        JobMark next = new JobMark(kind, System.currentTimeMillis(), held.chunks() + (chunk.isPresent() ? 1 : 0));
        Uni<Void> written = chunk.map(events -> store.put(Map.of(new StateKeys(owner).chunk(id, held.chunks()), events)))
                .orElseGet(() -> Uni.createFrom().voidItem());
        return written.chain(() -> replace(owner, id, held, next))
                .map(replaced -> replaced ? Optional.of(next) : Optional.empty());
    }

    /** Tells of it what is new; who does so has just renewed the mark. */
    public Uni<Void> update(String owner, RawJson resource, Window asked) {
        return responses.update(owner, resource, asked.turns());
    }

    /**
     * Writes what came of it. Nothing is written where somebody else has ended it.
     *
     * @return whether it is kept
     */
    public Uni<Boolean> end(String owner, JobMark held, RawJson resource, Window asked, List<RawJson> output,
            Optional<byte[]> events) {
        String id = id(resource);
        JobMark ending = new JobMark(Kind.ENDING, System.currentTimeMillis(), held.chunks());
        return replace(owner, id, held, ending).chain(mine -> !mine ? Uni.createFrom().item(false)
                : responses.keep(owner, resource, asked, output, events).chain(() -> mark(owner, id))
                        .chain(mark -> mark.filter(ending::equals).isPresent() ? forget(owner, id, ending).replaceWith(true)
                                // deleted meanwhile
                                : responses.delete(owner, id).chain(() -> forget(owner, id, ending)).replaceWith(false)));
    }

    private Uni<Void> forget(String owner, String id, JobMark mark) {
        StateKeys keys = new StateKeys(owner);
        List<String> gone = new ArrayList<>(chunkKeys(keys, id, 0, mark.chunks()));
        gone.add(keys.job(id));
        return store.delete(gone);
    }

    private static List<String> chunkKeys(StateKeys keys, String id, int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> keys.chunk(id, number)).toList();
    }

    public Uni<Optional<JobMark>> mark(String owner, String id) {
        return store.get(new StateKeys(owner).job(id)).map(found -> found.map(JobMark::decode));
    }

    private Uni<Boolean> replace(String owner, String id, JobMark expected, JobMark next) {
        return store.replace(new StateKeys(owner).job(id), Optional.of(expected.encode()), next.encode());
    }

    /** Parts of the events of one that is being made; those that are there. */
    public Uni<List<byte[]>> chunks(String owner, String id, int from, int to) {
        return store.getAll(chunkKeys(new StateKeys(owner), id, from, to)).map(found -> List.copyOf(found.values()));
    }

    /** A response, whoever makes it: one whose maker is gone has failed. */
    public Uni<Optional<StoredResponse>> find(String owner, String id) {
        return find(owner, id, ATTEMPTS);
    }

    private Uni<Optional<StoredResponse>> find(String owner, String id, int attempts) {
        return responses.find(owner, id).chain(found -> found.filter(StoredResponse::isOpen).isEmpty() || attempts == 0
                ? Uni.createFrom().item(found)
                : mark(owner, id).chain(mark -> checked(owner, id, found.get(), mark, attempts)));
    }

    private Uni<Optional<StoredResponse>> checked(String owner, String id, StoredResponse found, Optional<JobMark> mark,
            int attempts) {
        if (mark.isEmpty()) {
            // over by now, or never to be heard of again
            return responses.find(owner, id).chain(again -> again.filter(StoredResponse::isOpen).isEmpty()
                    ? Uni.createFrom().item(again)
                    : lost(owner, again.get(), new JobMark(Kind.GONE, 0, 0)).map(Optional::of));
        }
        JobMark held = mark.get();
        if (held.kind() == Kind.DELETED) {
            return Uni.createFrom().item(Optional.empty());
        } else if (System.currentTimeMillis() - held.renewed() <= times.lease().toMillis()) {
            return Uni.createFrom().item(Optional.of(found));
        }
        JobMark gone = new JobMark(Kind.GONE, System.currentTimeMillis(), held.chunks());
        return replace(owner, id, held, gone).chain(mine -> mine ? lost(owner, found, gone).map(Optional::of)
                : find(owner, id, attempts - 1));
    }

    private Uni<StoredResponse> lost(String owner, StoredResponse response, JobMark gone) {
        RawJson failed = LostJob.failed(response.resource());
        String id = id(failed);
        StateKeys keys = new StateKeys(owner);
        LOG.warnf("The response %s has failed: the instance that made it is gone", id);
        return chunks(owner, id, 0, gone.chunks())
                .chain(chunks -> chunks.isEmpty() || chunks.size() < gone.chunks() ? Uni.createFrom().voidItem()
                        : store.put(Map.of(keys.events(id), LostJob.ended(chunks, failed).encoded())))
                .chain(() -> responses.update(owner, failed, response.before()))
                .chain(() -> forget(owner, id, gone))
                .replaceWith(() -> new StoredResponse(failed, response.before(), List.of()));
    }

    /** Asks the instance that makes it to stop, wherever that is. */
    public Uni<Void> cancel(String owner, String id) {
        return ask(owner, id, Kind.CANCELLED, ATTEMPTS);
    }

    private Uni<Void> ask(String owner, String id, Kind wish, int attempts) {
        return mark(owner, id).chain(mark -> mark.isEmpty() || mark.get().kind() == wish || attempts == 0
                || mark.get().kind() == Kind.GONE || mark.get().kind() == Kind.DELETED
                || wish == Kind.CANCELLED && mark.get().kind() == Kind.ENDING
                        ? Uni.createFrom().voidItem()
                        : replace(owner, id, mark.get(), mark.get().as(wish)).chain(
                                done -> done ? Uni.createFrom().voidItem() : ask(owner, id, wish, attempts - 1)));
    }

    /**
     * Forgets a response, and stops it where it is being made.
     *
     * @return whether there was one
     */
    public Uni<Boolean> delete(String owner, String id) {
        return ask(owner, id, Kind.DELETED, ATTEMPTS).chain(() -> responses.delete(owner, id));
    }

    /** Takes away what is left of one that was deleted while it was made. */
    public Uni<Void> deleted(String owner, String id, JobMark held) {
        return responses.delete(owner, id).chain(() -> forget(owner, id, held));
    }
}
