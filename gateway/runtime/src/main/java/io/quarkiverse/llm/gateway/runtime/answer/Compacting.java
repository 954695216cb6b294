package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow.Publisher;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.answer.RequestReader.Prepared;
import io.quarkiverse.llm.gateway.runtime.compaction.Compacted;
import io.quarkiverse.llm.gateway.runtime.compaction.ContextManagement;
import io.quarkiverse.llm.gateway.runtime.compaction.Cut;
import io.quarkiverse.llm.gateway.runtime.compaction.TokenEstimate;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Answers a request whose conversation has become too long: asks the provider for notes on what was said before, then for an
 * answer to the notes and what stays word for word. Without notes the conversation goes on as long as it is.
 */
final class Compacting implements Source {

    private static final Logger LOG = Logger.getLogger(Compacting.class.getPackageName());

    private final RequestReader reader;
    private final Exchange exchange;
    private final Asked asked;
    private final Target target;
    private final Prepared prepared;
    private final Shortening shortening;

    private Compacting(RequestReader reader, Exchange exchange, Asked asked, Target target, Prepared prepared,
            Shortening shortening) {
        this.reader = reader;
        this.exchange = exchange;
        this.asked = asked;
        this.target = target;
        this.prepared = prepared;
        this.shortening = shortening;
    }

    /** Where the client wants it, and it is needed. */
    static Optional<Compacting> of(RequestReader reader, Exchange exchange, Asked asked, Target target, Prepared prepared) {
        return asked.shortening().filter(shortening -> shortening.when()
                .isTooMuch(TokenEstimate.of(asked.whole().request()), target.provider().capabilities().contextWindow()))
                .map(shortening -> new Compacting(reader, exchange, asked, target, prepared, shortening));
    }

    /**
     * What the provider is asked in the end.
     *
     * @param events of the answer; empty where nothing was made shorter
     */
    private record Shortened(LlmRequest request, Optional<CompactedEvents> events) {
    }

    @Override
    public Publisher<LlmEvent> stream() {
        return shortened().toMulti().onItem().transformToMultiAndConcatenate(shortened -> {
            Multi<LlmEvent> answer = provider().stream(shortened.request());
            return shortened.events().isEmpty() ? answer
                    : answer.onItem().transformToMultiAndConcatenate(event -> {
                        List<LlmEvent> events = new ArrayList<>(3);
                        shortened.events().get().accept(event, events::add);
                        return Multi.createFrom().iterable(events);
                    });
        });
    }

    @Override
    public Uni<LlmResponse> complete() {
        return shortened().chain(shortened -> provider().complete(shortened.request())
                .map(response -> shortened.events().map(events -> events.of(response)).orElse(response)));
    }

    private LlmProvider provider() {
        return target.provider();
    }

    /** Never fails. */
    private Uni<Shortened> shortened() {
        return apart(shortening.cut()::get).chain(cut -> {
            if (cut.isEmpty()) {
                return as("There is nothing in it that could be");
            }
            return apart(() -> summaryRequest(cut.get())).chain((LlmRequest request) -> provider().complete(request))
                    .map(Summary::of)
                    .chain(summary -> apart(() -> shortened(cut.get(), summary)))
                    .onFailure().recoverWithUni(failure -> as(failure instanceof RuntimeException known
                            ? String.valueOf(known.getMessage())
                            : failure.toString()));
        });
    }

    /** As long as it is. */
    private Uni<Shortened> as(String why) {
        LOG.warnf("%s The conversation is longer than the client wants and was not made shorter: %s", exchange.report().id(),
                Printable.of(why, 500));
        return Uni.createFrom().item(() -> {
            exchange.onContext(() -> exchange.warn(List.of(new Degradation(ContextManagement.FIELD,
                    "The conversation was not made shorter, since there is no summary of it. The log has more"))));
            return new Shortened(prepared.request(), Optional.empty());
        });
    }

    private LlmRequest summaryRequest(Cut cut) {
        LlmRequest request = shortening.summary().apply(cut);
        ReceivedRequest alone = new ReceivedRequest(request.toBuilder().store(false).build(), false, false, Map.of(),
                Map.of(), List.of());
        return reader.prepared(exchange, prepared.via(), Asked.of(alone), target).request();
    }

    private Shortened shortened(Cut cut, Summary summary) {
        Compacted compacted = cut.with(summary.notes());
        RawJson item = compacted.item(Ids.made("cmp"), new Seal(reader.gateway.sealing(), exchange.owner()));
        Asked shorter = new Asked(asked.received(), shortening.reading().apply(compacted.items()), asked.turn(),
                Optional.empty());
        return new Shortened(reader.prepared(exchange, prepared.via(), shorter, target).request(),
                Optional.of(new CompactedEvents(new OpaqueItem(Compacted.TYPE, item), summary)));
    }

    /** Not on the event loop: the conversation is long. */
    private <T> Uni<T> apart(Callable<T> work) {
        return Uni.createFrom().completionStage(() -> exchange.context().executeBlocking(work, false).toCompletionStage());
    }
}
