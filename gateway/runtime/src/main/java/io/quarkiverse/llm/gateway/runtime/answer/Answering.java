package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Flow.Publisher;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.routing.Target;
import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.ServerCodec;

/** Answers requests of one wire API, whatever the provider speaks. */
public final class Answering extends RequestReader {

    private final Optional<Jobs> jobs;

    public Answering(Gateway gateway, ServerCodec codec) {
        this(gateway, codec, Optional.empty());
    }

    /**
     * @param jobs where there are any: what is made while nobody waits
     */
    public Answering(Gateway gateway, ServerCodec codec, Optional<Jobs> jobs) {
        super(gateway, codec);
        this.jobs = jobs;
    }

    @Override
    void answer(Exchange exchange, Asked asked, Target target, Prepared prepared) {
        Naming naming = new Naming(asked.received().request().model(), gateway.modelOf(target), codec.api(),
                asked.turn().isPresent());
        if (asked.received().request().background().orElse(false) && !exchange.isAlwaysStreamed()) {
            InBackground.of(jobs, gateway, asked).begin(exchange, asked.turn().orElseThrow(), asked.received().stream(), naming,
                    sink -> codec.encoder(asked.received(), sink), prepared.translation()::restoring,
                    (job, out, encoder, events) -> ask(target, prepared, job,
                            new StreamedAnswer(job, gateway.times(), naming, out, encoder, events), true));
            return;
        }
        Optional<Keeping> keeping = asked.turn().map(turn -> new Keeping(exchange, turn, gateway.times().store()));
        if (asked.received().stream() || exchange.isAlwaysStreamed()) {
            stream(exchange, asked.received(), target, prepared, naming, keeping);
        } else {
            whole(exchange, asked.received(), target, prepared, naming, keeping);
        }
    }

    @Override
    void warmUp(Exchange exchange, Asked asked) {
        String model = asked.received().request().model().orElse("");
        Naming naming = new Naming(Optional.of(model), model, codec.api(), true);
        AnswerOut out = out(exchange, asked.turn().map(turn -> new Keeping(exchange, turn, gateway.times().store())));
        new WarmUp(exchange, asked, naming).answer(out, codec.encoder(asked.received(), out));
    }

    private AnswerOut out(Exchange exchange, Optional<Keeping> keeping) {
        AnswerOut events = exchange.events();
        return keeping.<AnswerOut> map(kept -> new KeptAnswer(exchange, events, kept,
                kept.isStored() && gateway.streamEvents() ? Optional.of(new EventLog()) : Optional.empty())).orElse(events);
    }

    private void stream(Exchange exchange, ReceivedRequest received, Target target, Prepared prepared, Naming naming,
            Optional<Keeping> keeping) {
        AnswerOut out = out(exchange, keeping);
        EventEncoder encoder = codec.encoder(received, out);
        Consumer<LlmEvent> named = naming.before(encoder);
        Consumer<LlmEvent> told = prepared.translation()
                .restoring(keeping.map(kept -> kept.hidden().before(named)).orElse(named));
        ask(target, prepared, exchange, new StreamedAnswer(exchange, gateway.times(), naming, out, encoder, told), false);
    }

    private static void ask(Target target, Prepared prepared, Exchange exchange, StreamedAnswer streamed, boolean begun) {
        if (begun) {
            streamed.beginWithoutContent();
        }
        try {
            // not by an operator of Mutiny's: those carry contexts over with each event, and there are none to carry
            Publisher<LlmEvent> answer = target.provider().stream(prepared.request());
            answer.subscribe(new OnEventLoop<>(exchange.context(), streamed));
        } catch (RuntimeException e) {
            streamed.onFailure(e);
        }
    }

    private void whole(Exchange exchange, ReceivedRequest received, Target target, Prepared prepared, Naming naming,
            Optional<Keeping> keeping) {
        exchange.await(target.provider().complete(prepared.request()), response -> {
            exchange.report().firstToken();
            exchange.report().answered(response);
            LlmResponse told = naming.of(prepared.translation().restored(response));
            byte[] json = codec.encode(received, told);
            String outcome = response.status().wireName();
            if (keeping.isEmpty()) {
                exchange.answer(json, outcome);
                return;
            }
            keeping.get().hidden().see(told.output());
            RawJson resource = RawJson.verbatim(new String(json, StandardCharsets.UTF_8));
            exchange.await(keeping.get().keep(resource, Optional.empty()),
                    kept -> exchange.answer(Keeping.utf8(kept), outcome));
        });
    }
}
