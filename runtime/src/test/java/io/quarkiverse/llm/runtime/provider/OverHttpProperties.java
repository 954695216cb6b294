package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.ApiDecoding;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.runtime.wire.Turns;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** What a subscriber may rely on, over a real connection to a server that is split, slow, odd or cut, in either wire API. */
abstract class OverHttpProperties {

    private static final LlmRequest REQUEST = LlmRequest.of("Hi");
    private static final Set<Framing> FRAMINGS = EnumSet.complementOf(EnumSet.of(Framing.FINISH_THEN_OPEN));

    /** Long for a machine that is busy, short for one that has to wait for it. */
    private static final Duration AWAITED = Duration.ofMillis(700);

    private static ScriptedServer server;
    private static Vertx vertx;
    private static WireProvider provider;

    private final Api api;

    OverHttpProperties(Api api) {
        this.api = api;
    }

    static void start(Api api) {
        server = ScriptedServer.start();
        vertx = Vertx.vertx();
        ProviderSettings settings = TestSettings.of(server.baseUrl()).api(Trials.WIRE_APIS.get(api)).firstEvent(AWAITED)
                .idle(AWAITED).build();
        provider = new WireProvider(settings, ApiDecoding.codec(api, settings),
                new HttpTransport(settings, vertx, options -> {
                }), vertx);
    }

    @BeforeTry
    void forgetTheLastTry() {
        server.reset();
    }

    @AfterContainer
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Provide
    Arbitrary<Answer> answers() {
        return Turns.answers();
    }

    @Provide
    Arbitrary<List<Deviation>> deviations() {
        return Turns.deviations(api);
    }

    @Property(tries = 400, seed = "42")
    void split_anywhere_framed_oddly_and_read_slowly_the_answer_is_the_same(@ForAll("answers") Answer answer,
            @ForAll("deviations") List<Deviation> deviations, @ForAll Framing framing, @ForAll Random random) {
        List<Fault> faults = new ArrayList<>(deviations);
        faults.add(Fault.splitRandomly(random.nextLong(), 50));
        if (FRAMINGS.contains(framing) && Turns.isEndSaid(framing, deviations)) {
            faults.add(framing);
        }
        server.enqueue(answer, answer.with(faults));

        Turns.Outcome undisturbed = Turns.Outcome.of(EventRules.checkWhole(SlowReader.whole(random)));

        assertThat(Turns.Outcome.of(EventRules.checkWhole(SlowReader.whole(random)))).isEqualTo(undisturbed);
    }

    @Property(tries = 200, seed = "42")
    void a_whole_answer_is_the_same_as_its_stream(@ForAll("answers") Answer answer) {
        server.enqueue(answer, answer);

        LlmResponse whole = provider.complete(REQUEST).await().atMost(Duration.ofSeconds(10));
        LlmResponse streamed = EventRules.checkWhole(SlowReader.whole(new Random(1)));

        assertThat(Turns.Outcome.of(whole).calls()).containsExactlyInAnyOrderElementsOf(Turns.Outcome.of(streamed).calls());
        assertThat(whole.text()).isEqualTo(streamed.text());
        assertThat(whole.usage()).isEqualTo(streamed.usage());
        assertThat(whole.finishReason()).isEqualTo(streamed.finishReason());
    }

    @Property(tries = 120, seed = "42")
    void a_stream_that_breaks_fails_with_a_typed_error_or_was_whole_and_never_hangs(@ForAll("answers") Answer answer,
            @ForAll Random random) {
        server.enqueue(answer.with(breakage(random)));

        SlowReader reader = SlowReader.read(random);

        if (reader.failure() == null) {
            Turns.Outcome outcome = Turns.Outcome.of(EventRules.checkWhole(reader.events()));
            assertThat(outcome.withoutUsage()).isEqualTo(Turns.undisturbed(answer, api).withoutUsage());
        } else {
            assertThat(reader.failure()).isInstanceOf(LlmException.class);
            EventRules.check(reader.events());
        }
    }

    private static Fault breakage(Random random) {
        int at = random.nextInt(12);
        return switch (random.nextInt(8)) {
            case 0 -> Fault.dropAfterEvents(at);
            case 1 -> Fault.dropAfterBytes(at * 40);
            case 2 -> Fault.resetAfterEvents(at);
            case 3 -> Fault.endAfterEvents(at);
            case 4 -> Fault.endAfterBytes(at * 40);
            case 5 -> Fault.stallAfterBytes(1 + at * 40);
            case 6 -> Fault.dropBeforeHead();
            default -> Fault.contentType("text/html");
        };
    }

    /** Asks for a few events at a time, so that demand and end meet in every order. */
    private static final class SlowReader implements Flow.Subscriber<LlmEvent> {

        private final Random random;
        private final List<LlmEvent> events = new ArrayList<>();
        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        private Flow.Subscription subscription;
        private int asked;

        private SlowReader(Random random) {
            this.random = new Random(random.nextLong());
        }

        static SlowReader read(Random random) {
            SlowReader reader = new SlowReader(random);
            provider.stream(REQUEST).subscribe(reader);
            try {
                reader.end.get(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("The stream hangs", e);
            }
            return reader;
        }

        /** The events of a stream that must end well. */
        static List<LlmEvent> whole(Random random) {
            SlowReader reader = read(random);
            assertThat(reader.failure()).isNull();
            return reader.events();
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            ask();
        }

        private void ask() {
            asked = 1 + random.nextInt(3);
            subscription.request(asked);
        }

        @Override
        public void onNext(LlmEvent event) {
            events.add(event);
            if (--asked == 0) {
                ask();
            }
        }

        @Override
        public void onError(Throwable failure) {
            assertThat(end.complete(failure)).as("one end").isTrue();
        }

        @Override
        public void onComplete() {
            assertThat(end.complete(null)).as("one end").isTrue();
        }

        List<LlmEvent> events() {
            return events;
        }

        Throwable failure() {
            return end.join();
        }
    }
}
