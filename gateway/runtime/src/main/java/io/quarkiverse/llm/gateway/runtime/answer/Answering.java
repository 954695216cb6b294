package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.concurrent.Flow.Publisher;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.ServerCodec;

/** Answers requests of one wire API, whatever the provider speaks. */
public final class Answering extends RequestReader {

    public Answering(Gateway gateway, ServerCodec codec) {
        super(gateway, codec);
    }

    @Override
    void answer(Exchange exchange, ReceivedRequest received, Target target, Prepared prepared) {
        Naming naming = new Naming(received.request().model(), gateway.modelOf(target), codec.api());
        if (received.stream()) {
            stream(exchange, received, target, prepared, naming);
        } else {
            whole(exchange, received, target, prepared, naming);
        }
    }

    private void stream(Exchange exchange, ReceivedRequest received, Target target, Prepared prepared, Naming naming) {
        AnswerOut out = exchange.events();
        EventEncoder encoder = codec.encoder(received, out);
        Consumer<LlmEvent> events = prepared.translation().restoring(naming.before(encoder));
        // not by an operator of Mutiny's: those carry contexts over with each event, and there are none to carry
        Publisher<LlmEvent> answer = target.provider().stream(prepared.request());
        StreamedAnswer streamed = new StreamedAnswer(exchange, gateway.times(), naming, out, encoder, events);
        try {
            answer.subscribe(new OnEventLoop<>(exchange.context(), streamed));
        } catch (RuntimeException e) {
            streamed.onFailure(e);
        }
    }

    private void whole(Exchange exchange, ReceivedRequest received, Target target, Prepared prepared, Naming naming) {
        exchange.await(target.provider().complete(prepared.request()), response -> {
            exchange.report().firstToken();
            exchange.report().answered(response);
            exchange.answer(codec.encode(received, naming.of(prepared.translation().restored(response))),
                    response.status().wireName());
        });
    }
}
