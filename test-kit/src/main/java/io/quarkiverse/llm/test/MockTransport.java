package io.quarkiverse.llm.test;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.transport.Exchange;
import io.quarkiverse.llm.runtime.transport.ExchangeListener;
import io.quarkiverse.llm.runtime.transport.OutgoingRequest;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;

/**
 * Answers every request with one answer, in memory.
 *
 * @param number of the request among those of the mock
 */
record MockTransport(ProviderSettings settings, int number, Answer answer) implements Transport {

    @Override
    public Exchange open(Context context, OutgoingRequest request, ExchangeListener listener) {
        RecordedRequest recorded = RecordedRequest.of(number, request.method(), request.target(), request.headers(),
                new String(request.body(), StandardCharsets.UTF_8));
        MockExchange exchange = new MockExchange(context, settings, request, answer.replyTo(recorded), listener);
        exchange.start();
        return exchange;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
