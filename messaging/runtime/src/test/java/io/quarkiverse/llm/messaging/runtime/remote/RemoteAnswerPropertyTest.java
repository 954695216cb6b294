package io.quarkiverse.llm.messaging.runtime.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.messaging.LlmMessage;
import io.quarkiverse.llm.messaging.MessageHeaders;
import io.vertx.core.Context;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What a subscriber may rely on, whatever comes on the channel. */
class RemoteAnswerPropertyTest {

    enum Kind {
        SEND,
        REPEAT,
        /** The attempt fails in the place of an event that is there. */
        FAIL,
        LOSE,
        REQUEST,
        CANCEL,
        CLOSE
    }

    /**
     * One thing that happens.
     *
     * @param amount which attempt, or how much is asked for
     */
    record Step(Kind kind, int amount) {
    }

    /**
     * An attempt.
     *
     * @param worker whose it is
     * @param number which of them
     * @param pieces of text
     * @param fails at the end
     */
    record Answer(int worker, int number, int pieces, boolean fails) {

        /** The event there; {@code null} for the failure. */
        LlmEvent event(int attempt, int sequence) {
            return switch (sequence) {
                case 0 -> Pool.started(attempt);
                case 1 -> Pool.itemStarted();
                default -> sequence < last() ? Pool.text(attempt + "/" + sequence + " ")
                        : fails ? null : Pool.completed("in " + attempt);
            };
        }

        int last() {
            return pieces + 2;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(Tuple.of(60, Kind.SEND),
                Tuple.of(4, Kind.REPEAT), Tuple.of(1, Kind.FAIL), Tuple.of(2, Kind.LOSE),
                Tuple.of(12, Kind.REQUEST), Tuple.of(1, Kind.CANCEL),
                Tuple.of(1, Kind.CLOSE));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 3)).as(Step::new).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Answer>> answers() {
        return Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 4), Arbitraries.of(true, false, false)).as(Answer::new).list()
                .uniqueElements(answer -> List.of(answer.worker(), answer.number())).ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 3000)
    void aSubscriberSeesWhatTheModelSays(@ForAll("answers") List<Answer> answers, @ForAll("steps") List<Step> steps,
            @ForAll boolean unbounded) throws Exception {
        Pool pool = new Pool();
        RemoteModel model = new RemoteModel();
        Context context = Pool.VERTX.getOrCreateContext();
        Listener listener = new Listener(unbounded ? Long.MAX_VALUE : 0);
        context.runOnContext(there -> pool.provider.stream(LlmRequest.of("Hi")).subscribe(listener));
        settle(context);
        if (unbounded) {
            model.request(Long.MAX_VALUE / 2);
        }
        int[] places = new int[answers.size()];
        long asked = unbounded ? Long.MAX_VALUE : 0;
        int sent = 0;
        List<String> told = new ArrayList<>();
        for (Step step : steps) {
            int attempt = step.amount() % answers.size();
            Answer answer = answers.get(attempt);
            switch (step.kind()) {
                case FAIL -> {
                    int place = Math.max(0, places[attempt] - 1);
                    pool.receive(message(pool, answer, place, null));
                    model.receive(new RemoteModel.Sent(answer.number(), "worker " + answer.worker(), place, null));
                    sent++;
                }
                case SEND, REPEAT -> {
                    int place = step.kind() == Kind.SEND ? places[attempt]++ : places[attempt] - 1;
                    if (place >= 0 && place <= answer.last()) {
                        LlmEvent event = answer.event(attempt, place);
                        pool.receive(message(pool, answer, place, event));
                        model.receive(new RemoteModel.Sent(answer.number(), "worker " + answer.worker(), place, event));
                        sent++;
                    }
                }
                case LOSE -> places[attempt]++;
                case REQUEST -> {
                    settle(context);
                    listener.subscription.request(step.amount() + 1);
                    settle(context);
                    model.request(step.amount() + 1);
                    asked += unbounded ? 0 : step.amount() + 1;
                }
                case CANCEL -> {
                    settle(context);
                    listener.subscription.cancel();
                    settle(context);
                    model.cancel();
                }
                case CLOSE -> {
                    settle(context);
                    pool.provider.events().onError(new IllegalStateException("closed"));
                    settle(context);
                    model.closeChannel();
                }
            }
        }
        settle(context);
        listener.ends.forEach(end -> told.add(end instanceof Throwable failure ? failure.getClass().getSimpleName()
                : end.toString()));
        assertThat(listener.events).isEqualTo(model.delivered);
        assertThat(told).isEqualTo(model.told == null ? List.of() : List.of(model.told));
        assertThat(pool.cancels).hasSize(model.cancels);
        assertThat(pool.acknowledged()).hasSize(sent);
        assertThat(listener.contexts).allMatch(context::equals);
        keepsTheGuarantees(listener, asked);
    }

    /** Those that can be seen from outside, without the model. */
    private static void keepsTheGuarantees(Listener listener, long asked) {
        List<LlmEvent> events = listener.events;
        assertThat((long) events.size()).isLessThanOrEqualTo(asked);
        assertThat(listener.ends).hasSizeLessThanOrEqualTo(1);
        assertThat(events.stream().filter(LlmEvent.ResponseStarted.class::isInstance)).hasSizeLessThanOrEqualTo(1);
        if (!events.isEmpty()) {
            assertThat(events.get(0)).isInstanceOf(LlmEvent.ResponseStarted.class);
        }
        if (listener.ends.contains(RemoteModel.COMPLETE)) {
            assertThat(events.get(events.size() - 1)).isInstanceOf(LlmEvent.ResponseCompleted.class);
            String attempt = ((LlmEvent.ResponseStarted) events.get(0)).responseId().substring("response-".length());
            assertThat(events.stream().filter(LlmEvent.TextDelta.class::isInstance)
                    .map(event -> ((LlmEvent.TextDelta) event).delta())).allMatch(text -> text.startsWith(attempt + "/"));
        }
    }

    private static LlmMessage message(Pool pool, Answer answer, int sequence, LlmEvent event) {
        MessageHeaders headers = MessageHeaders.of(pool.requests.get(0).headers().correlationId())
                .withAttempt(answer.number(), "worker " + answer.worker()).withSequence(sequence);
        return event == null
                ? new LlmMessage.Failure(headers, new LlmRateLimitException("slow down", LlmErrorDetails.of("server")))
                : new LlmMessage.Event(headers, event);
    }

    /** All that was put on the context has happened. */
    private static void settle(Context context) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(there -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
    }
}
