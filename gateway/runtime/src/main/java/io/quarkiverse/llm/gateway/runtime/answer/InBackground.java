package io.quarkiverse.llm.gateway.runtime.answer;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.Turn;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.WireEventSink;
import io.smallrye.mutiny.Uni;

/** Lets responses be made while nobody waits for them. */
final class InBackground {

    private static final String PARAM = "background";

    private final Jobs jobs;
    private final Gateway gateway;

    private InBackground(Jobs jobs, Gateway gateway) {
        this.jobs = jobs;
        this.gateway = gateway;
    }

    /**
     * @throws InvalidRequestException when nothing is made in the background here, or not such a request
     */
    static InBackground of(Optional<Jobs> jobs, Gateway gateway, Asked asked) {
        if (asked.turn().isEmpty()) {
            throw refused("Nothing is made in the background here: the gateway keeps nothing");
        } else if (jobs.isEmpty()) {
            throw refused("Nothing is made in the background here: it is switched off");
        } else if (!asked.turn().get().stored()) {
            throw refused("What is made in the background must be stored: leave \"store\" out, or say true");
        }
        return new InBackground(jobs.get(), gateway);
    }

    private static InvalidRequestException refused(String message) {
        return new InvalidRequestException(message, PARAM, "unsupported_value");
    }

    /** What goes to the model and comes back, when it is time. */
    @FunctionalInterface
    interface Work {

        void begin(Exchange exchange, AnswerOut out, EventEncoder encoder, Consumer<LlmEvent> events);
    }

    /**
     * Lets one be made, and tells the client so, which need not stay.
     *
     * @param encoding encodes its events
     * @param restoring makes the answer to the client's request of that to the provider's
     */
    void begin(Exchange exchange, Turn turn, boolean stream, Naming naming, Function<WireEventSink, EventEncoder> encoding,
            Function<Consumer<LlmEvent>, Consumer<LlmEvent>> restoring, Work work) {
        jobs.admit();
        Job job = new Job(new JobExchange(exchange), jobs.stored(), turn, gateway.streamEvents(), jobs.limits().eventBytes());
        EventEncoder encoder;
        Uni<Void> begun;
        try {
            encoder = encoding.apply(job.out());
            encoder.queue(new ResponseStarted(naming.made(), naming.model(""), Instant.now()));
            begun = job.begin(encoder).memoize().indefinitely();
        } catch (RuntimeException e) {
            jobs.dismiss();
            throw e;
        }
        RawJson queued = job.out().resource();
        Consumer<LlmEvent> events = restoring.apply(job.hidden().before(naming.before(encoder)));
        // it goes on, and counts, when the client has left meanwhile
        exchange.report().handsOverTo(job.exchange().report());
        begun.subscribe().with(stored -> exchange.onContext(
                () -> jobs.start(job, () -> work.begin(job.exchange(), job.out(), encoder, events))),
                failure -> {
                    jobs.dismiss();
                    exchange.onContext(() -> job.exchange().report().handsOverTo(exchange.report()));
                });
        exchange.await(begun, stored -> {
            if (stream) {
                FollowedAnswer.tell(exchange, gateway.times(), new JobFeed(job, -1));
            } else {
                exchange.answer(Keeping.utf8(queued), "queued");
            }
        });
    }
}
