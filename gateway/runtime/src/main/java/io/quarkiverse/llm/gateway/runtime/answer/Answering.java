package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
                    (job, out, encoder, events) -> {
                        StreamedAnswer streamed = new StreamedAnswer(job, gateway.times(), naming, out, encoder, events);
                        streamed.beginWithoutContent();
                        ask(source(job, asked, target, prepared), job, streamed);
                    });
            return;
        }
        Optional<Keeping> keeping = asked.turn().map(turn -> new Keeping(exchange, turn, gateway.times().store()));
        Source source = source(exchange, asked, target, prepared);
        if (asked.received().stream() || exchange.isAlwaysStreamed()) {
            stream(exchange, asked.received(), source, prepared, naming, keeping);
        } else {
            whole(exchange, asked.received(), source, prepared, naming, keeping);
        }
    }

    private Source source(Exchange exchange, Asked asked, Target target, Prepared prepared) {
        return Compacting.of(this, exchange, asked, target, prepared).<Source> map(compacting -> compacting)
                .orElseGet(() -> new Source.Direct(target.provider(), prepared.request()));
    }

    @Override
    Optional<Runnable> withoutProvider(Exchange exchange, Asked asked) {
        return WarmUp.isAsked(exchange, asked) ? Optional.of(() -> warmUp(exchange, asked)) : Optional.empty();
    }

    private void warmUp(Exchange exchange, Asked asked) {
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

    private void stream(Exchange exchange, ReceivedRequest received, Source source, Prepared prepared, Naming naming,
            Optional<Keeping> keeping) {
        AnswerOut out = out(exchange, keeping);
        EventEncoder encoder = codec.encoder(received, out);
        Consumer<LlmEvent> named = naming.before(encoder);
        Consumer<LlmEvent> told = prepared.translation()
                .restoring(keeping.map(kept -> kept.hidden().before(named)).orElse(named));
        ask(source, exchange, new StreamedAnswer(exchange, gateway.times(), naming, out, encoder, told));
    }

    private static void ask(Source source, Exchange exchange, StreamedAnswer streamed) {
        try {
            // not by an operator of Mutiny's: those carry contexts over with each event, and there are none to carry
            source.stream().subscribe(new OnEventLoop<>(exchange.context(), streamed));
        } catch (RuntimeException e) {
            streamed.onFailure(e);
        }
    }

    private void whole(Exchange exchange, ReceivedRequest received, Source source, Prepared prepared, Naming naming,
            Optional<Keeping> keeping) {
        exchange.await(source.complete(), response -> {
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
