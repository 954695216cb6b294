package io.quarkiverse.llm.messaging.runtime.remote;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.messaging.runtime.channel.MessageHead;

/**
 * The attempts of all workers to answer one request. The newest is the one with the greatest number; of those with the same
 * number, the one that was heard of later, since not every connector counts the attempts of workers that died. Of one worker,
 * only the attempt with the greatest number counts.
 */
final class Attempts {

    private final Map<Optional<String>, Attempt> byWorker = new HashMap<>(4);
    private Attempt newest;

    /**
     * The attempt that a message is of; empty when its worker has begun anew since.
     *
     * @param superseded is given the attempt of the same worker whose place this one takes
     */
    Optional<Attempt> of(MessageHead head, Consumer<Attempt> superseded) {
        Attempt known = byWorker.get(head.worker());
        if (known != null && known.number() >= head.attempt()) {
            return known.number() == head.attempt() ? Optional.of(known) : Optional.empty();
        }
        boolean late = newest != null && head.attempt() < newest.number();
        Attempt begun = new Attempt(head.attempt(), late);
        byWorker.put(head.worker(), begun);
        if (!late) {
            newest = begun;
        }
        if (known != null) {
            superseded.accept(known);
        }
        return Optional.of(begun);
    }

    boolean isNewest(Attempt attempt) {
        return attempt == newest;
    }

    void forEach(Consumer<Attempt> action) {
        byWorker.values().forEach(action);
    }
}
