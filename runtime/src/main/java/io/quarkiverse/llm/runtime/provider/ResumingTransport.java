package io.quarkiverse.llm.runtime.provider;

import java.util.Optional;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.StreamPlace;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.impl.ContextInternal;

/**
 * A transport for streams of responses that run on the server, which outlive their exchange.
 *
 * @param request that the response answers
 * @param stored the stream to begin in the middle of, whatever is asked for; empty to begin with what is asked for
 */
record ResumingTransport(Transport transport, ProviderSettings settings, StoredRequests requests, ProviderFailures failures,
        LlmRequest request, Optional<Stored> stored) implements Transport {

    /**
     * @param startingAfter the number of the last event that was seen; -1 for none
     */
    record Stored(String responseId, long startingAfter) {
    }

    @Override
    public Exchange open(Context context, OutgoingRequest outgoing, ExchangeListener listener) {
        Deadline deadline = new Deadline(settings, request);
        StreamPlace place = stored.map(it -> StreamPlace.in(it.responseId(), it.startingAfter())).orElseGet(
                StreamPlace::unknown);
        OutgoingRequest first = stored
                .map(it -> requests.stream(it.responseId(), it.startingAfter(), request, deadline.limits()))
                .orElse(outgoing);
        return new ResumableExchange(transport, (ContextInternal) context, requests, request, deadline, failures, place,
                listener).open(first);
    }

    /** The one below belongs to others. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
