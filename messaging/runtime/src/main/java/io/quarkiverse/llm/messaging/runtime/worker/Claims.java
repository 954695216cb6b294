package io.quarkiverse.llm.messaging.runtime.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who answers which keys at the moment; others that want one of them wait for the outcome. Not thread-safe. */
final class Claims<T> {

    private record Claim<T>(T holder, List<T> waiting) {
    }

    private final Map<String, Claim<T>> claims = new HashMap<>();

    /** Takes all of the keys, or else none, and waits for one. */
    boolean claim(Set<String> keys, T claimant) {
        Optional<Claim<T>> taken = taken(keys, claimant);
        taken.ifPresent(claim -> claim.waiting().add(claimant));
        return taken.isEmpty() && take(keys, claimant);
    }

    /** Takes the key if it can, and does not wait. */
    boolean claimNow(String key, T claimant) {
        return taken(Set.of(key), claimant).isEmpty() && take(Set.of(key), claimant);
    }

    private Optional<Claim<T>> taken(Set<String> keys, T claimant) {
        return keys.stream().map(claims::get).filter(claim -> claim != null && claim.holder() != claimant).findFirst();
    }

    private boolean take(Set<String> keys, T claimant) {
        keys.forEach(key -> claims.computeIfAbsent(key, free -> new Claim<>(claimant, new ArrayList<>(0))));
        return true;
    }

    /** Gives up what it holds and waits for. Returns who waited for what it held, in order; they wait no more. */
    List<T> release(Set<String> keys, T holder) {
        List<T> waited = new ArrayList<>(0);
        for (String key : keys) {
            Claim<T> claim = claims.get(key);
            if (claim != null && claim.holder() == holder) {
                claims.remove(key);
                waited.addAll(claim.waiting());
            } else if (claim != null) {
                claim.waiting().remove(holder);
            }
        }
        return waited;
    }

    int size() {
        return claims.size();
    }
}
