package io.quarkiverse.llm.gateway.runtime.routing;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.VertxInternal;

/**
 * The models of one provider, as it last told them. It is asked by one at a time, on a context of its own: whoever needs the
 * answer first may go away before it comes. What was heard under other settings than those of the moment is forgotten.
 * Thread-safe.
 */
final class ProviderModels {

    /** What is asked once has this long to answer, and is not asked again for as long. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(ProviderModels.class);

    /**
     * What a provider has told.
     *
     * @param settings it was asked under; empty for a bean
     * @param asked when, in nanoseconds of the clock
     * @param failure why it has answered with no list; then the models are those of before
     */
    private record Heard(Optional<ProviderSettings> settings, SortedMap<String, DiscoveredModel> models, long asked,
            Optional<String> failure) {

        boolean failed() {
            return failure.isPresent();
        }
    }

    private record Asking(Optional<ProviderSettings> settings, long since, CompletableFuture<Void> done) {
    }

    private final String name;
    private final ModelProviders providers;
    private final VertxInternal vertx;
    private final Duration refresh;
    private final LongSupplier clock;
    private volatile Heard heard;
    private Asking asking;

    /**
     * @param name in the registry
     * @param refresh how long an answer is taken for true
     * @param clock in nanoseconds
     */
    ProviderModels(String name, ModelProviders providers, VertxInternal vertx, Duration refresh, LongSupplier clock) {
        this.name = name;
        this.providers = providers;
        this.vertx = vertx;
        this.refresh = refresh;
        this.clock = clock;
    }

    String name() {
        return name;
    }

    /** By id; what was last heard, however long ago. */
    SortedMap<String, DiscoveredModel> models() {
        Heard last = heard();
        return last == null ? Collections.emptySortedMap() : last.models();
    }

    /** Whether the provider has ever answered, or failed to, under the settings of the moment. */
    boolean isHeard() {
        return heard() != null;
    }

    /** Why the provider has not told its models when it was last asked. */
    Optional<String> failure() {
        Heard last = heard();
        return last == null ? Optional.empty() : last.failure();
    }

    /** Whether the list is old, but was right when it came: it is worth waiting for another. */
    boolean isOutdated() {
        Heard last = heard();
        return last != null && !last.failed() && isOver(refresh, last.asked());
    }

    /** Asks when it is time to. Done when there is something to go by, be it old; never fails. */
    CompletableFuture<Void> keepFresh() {
        Heard last = heard();
        if (last == null) {
            return ask();
        } else if (isOver(last.failed() ? PATIENCE : refresh, last.asked())) {
            ask();
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Asks again, unless that was done just now. Done when it has answered; never fails. */
    CompletableFuture<Void> askAgain() {
        Heard last = heard();
        return last == null || isOver(PATIENCE, last.asked()) ? ask() : CompletableFuture.completedFuture(null);
    }

    /** Asks, or joins those who wait already. Done when it has answered; never fails. */
    CompletableFuture<Void> ask() {
        Asking mine;
        synchronized (this) {
            Optional<ProviderSettings> settings = providers.settings(name);
            if (asking != null && isSame(asking.settings(), settings)) {
                return asking.done();
            }
            mine = new Asking(settings, clock.getAsLong(), new CompletableFuture<>());
            asking = mine;
        }
        vertx.createEventLoopContext().duplicate().runOnContext(there -> {
            try {
                ask(mine);
            } catch (Throwable t) {
                // whoever waits must not wait for ever
                failed(mine, t);
            }
        });
        return mine.done();
    }

    private void ask(Asking mine) {
        Uni.createFrom().deferred(() -> providers.provider(name).models())
                .ifNoItem().after(PATIENCE)
                .failWith(() -> new TimeoutException("no answer within " + PATIENCE.toSeconds() + " s"))
                .map(ProviderModels::byId)
                .subscribe().with(models -> told(mine, models), failure -> failed(mine, failure));
    }

    private static SortedMap<String, DiscoveredModel> byId(List<LlmModel> models) {
        SortedMap<String, DiscoveredModel> byId = new TreeMap<>();
        models.forEach(model -> byId.putIfAbsent(model.id(), DiscoveredModel.of(model)));
        return Collections.unmodifiableSortedMap(byId);
    }

    private void told(Asking mine, SortedMap<String, DiscoveredModel> models) {
        Heard before = heard();
        if (end(mine, models, Optional.empty()) && before != null && before.failed()) {
            LOG.infof("%s lists its models again", SettingKey.subject(name));
        }
        mine.done().complete(null);
    }

    private void failed(Asking mine, Throwable failure) {
        Heard before = heard();
        SortedMap<String, DiscoveredModel> kept = before == null ? Collections.emptySortedMap() : before.models();
        boolean hasNone = failure instanceof LlmUnsupportedException || failure instanceof LlmNotFoundException;
        String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (end(mine, kept, hasNone ? Optional.empty() : Optional.of(why)) && !hasNone
                && (before == null || !before.failed())) {
            LOG.warnf("%s does not list its models, it is asked again from time to time: %s", SettingKey.subject(name), why);
        }
        mine.done().complete(null);
    }

    /** @return whether the answer counts: the provider may be another one meanwhile */
    private synchronized boolean end(Asking mine, SortedMap<String, DiscoveredModel> models, Optional<String> failure) {
        if (asking == mine) {
            asking = null;
        }
        if (!isSame(mine.settings(), providers.settings(name))) {
            return false;
        }
        heard = new Heard(mine.settings(), models, mine.since(), failure);
        return true;
    }

    private Heard heard() {
        Heard last = heard;
        return last != null && isSame(last.settings(), providers.settings(name)) ? last : null;
    }

    /** The registry keeps the object as long as nothing has changed. */
    private static boolean isSame(Optional<ProviderSettings> one, Optional<ProviderSettings> other) {
        return one.orElse(null) == other.orElse(null);
    }

    private boolean isOver(Duration time, long since) {
        return clock.getAsLong() - since >= time.toNanos();
    }
}
