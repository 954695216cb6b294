package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.translation.Translation;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.ServerCodec;
import io.vertx.core.buffer.Buffer;

/** Reads a request of one wire API, finds its provider and makes it such that this one can take it. */
public abstract class RequestReader {

    protected final Gateway gateway;
    protected final ServerCodec codec;

    RequestReader(Gateway gateway, ServerCodec codec) {
        this.gateway = gateway;
        this.codec = codec;
    }

    /**
     * @param request what goes to the provider
     * @param translation how its answer becomes one to the client's request
     */
    record Prepared(LlmRequest request, Translation translation) {
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
        exchange.compute(body.length(), () -> exchange.asked(codec.decode(JsonBytes.of(body), gateway.degrade())), received -> {
            Optional<String> model = received.request().model();
            exchange.report().asks(model, received.stream());
            exchange.await(gateway.router().route(model),
                    target -> prepare(exchange, via, body.length(), received, target));
        });
    }

    private void prepare(Exchange exchange, String via, int bytes, ReceivedRequest received, Target target) {
        exchange.report().goesTo(target.name());
        exchange.compute(bytes, () -> {
            Translation translation = gateway.translate(received, codec.api(), target);
            return new Prepared(translation.request().toBuilder().model(target.model().orElse(null))
                    .extraHeader(Via.HEADER, via).build(), translation);
        }, prepared -> {
            exchange.warn(prepared.translation().degradations());
            answer(exchange, received, target, prepared);
        });
    }

    abstract void answer(Exchange exchange, ReceivedRequest received, Target target, Prepared prepared);
}
