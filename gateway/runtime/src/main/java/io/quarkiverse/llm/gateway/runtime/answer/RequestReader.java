package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.gateway.runtime.limits.Ticket;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.translation.Translation;
import io.quarkiverse.llm.runtime.wire.ServerCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;
import io.vertx.core.buffer.Buffer;

/** Reads a request of one wire API, finds its provider and makes it such that this one can take it. */
public abstract class RequestReader {

    protected final Gateway gateway;
    protected final ServerCodec codec;

    private final Decoding decoding;

    RequestReader(Gateway gateway, ServerCodec codec) {
        this(gateway, codec, codec instanceof ResponsesServerCodec responses
                ? new ContinuedDecoding(responses, gateway.degrade(), gateway.turns(), gateway.sealing())
                : Decoding.of(codec, gateway.degrade()));
    }

    RequestReader(Gateway gateway, ServerCodec codec, Decoding decoding) {
        this.gateway = gateway;
        this.codec = codec;
        this.decoding = decoding;
    }

    /**
     * @param request what goes to the provider
     * @param translation how its answer becomes one to the client's request
     * @param via the gateways that it has come through
     */
    record Prepared(LlmRequest request, Translation translation, String via) {
    }

    /** The wire API that requests are of. */
    public final ServerCodec codec() {
        return codec;
    }

    /**
     * Answers a request, or says why not.
     *
     * @param via the gateways that the request has come through, this one among them
     */
    public final void read(Exchange exchange, String via, Buffer body) {
        decoding.decode(exchange, body, asked -> {
            Optional<String> model = asked.received().request().model();
            exchange.report().asks(model, asked.received().stream());
            exchange.check(asked.received());
            Optional<Runnable> own = withoutProvider(exchange, asked);
            if (own.isPresent()) {
                enter(exchange, own.get());
                return;
            }
            exchange.await(gateway.router().route(model, exchange.caller().models()),
                    target -> enter(exchange, () -> prepare(exchange, via, asked, target)));
        });
    }

    /** Goes on when the caller may make one more request. It counts until the report of the exchange ends. */
    private void enter(Exchange exchange, Runnable next) {
        Ticket ticket = gateway.limits().enter(exchange.caller());
        exchange.report().countsOn(ticket);
        exchange.await(ticket.seat(), seat -> {
            exchange.tell(ticket.headers());
            next.run();
        });
    }

    /** The answer to what no provider must be asked for. */
    Optional<Runnable> withoutProvider(Exchange exchange, Asked asked) {
        return Optional.empty();
    }

    private void prepare(Exchange exchange, String via, Asked asked, Target target) {
        exchange.report().goesTo(target.name());
        exchange.compute(asked.size(), () -> prepared(exchange, via, asked, target), prepared -> {
            exchange.warn(prepared.translation().degradations());
            answer(exchange, asked, target, prepared);
        });
    }

    /** The request as it goes to the provider. */
    final Prepared prepared(Exchange exchange, String via, Asked asked, Target target) {
        Translation translation = gateway.translate(asked, exchange.owner(), codec.api(), target);
        LlmRequest.Builder request = translation.request().toBuilder().model(target.model().orElse(null))
                .extraHeader(Via.HEADER, via);
        if (gateway.clientKeys().isFor(target)) {
            exchange.caller().ownKey().ifPresent(request::apiKey);
        }
        return new Prepared(request.build(), translation, via);
    }

    abstract void answer(Exchange exchange, Asked asked, Target target, Prepared prepared);
}
