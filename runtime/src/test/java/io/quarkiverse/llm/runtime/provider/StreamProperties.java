package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.transport.Transport;
import io.quarkiverse.llm.runtime.wire.EventRules;
import io.quarkiverse.llm.runtime.wire.Turns;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * What a subscriber may rely on, over a real connection to a server that is split, slow, odd or cut. Nothing is shrunk: jqwik
 * would go on with
 * that while the next property uses the same server.
 */
abstract class StreamProperties {

    static final LlmRequest REQUEST = LlmRequest.of("Hi");

    /** Long for a machine that is busy, and shorter than what a quiet end of an answer takes. */
    private static final Duration PATIENT = Duration.ofSeconds(4);
    /** Where a failure is legal. */
    private static final Duration HASTY = Duration.ofMillis(150);

    static ScriptedServer server;
    private static Vertx vertx;
    private static Connected patient;
    private static Connected hasty;
    private static WireProvider provider;

    final Api api;

    StreamProperties(Api api) {
        this.api = api;
    }

    /** Makes a provider that uses this transport. */
    interface Making<T extends Transport> {

        WireProvider of(ProviderSettings settings, T transport, Vertx vertx);
    }

    private record Connected(Transport transport, Supplier<WireProvider> providers) {

        void close() {
            transport.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** @param making of each try's provider */
    static <T extends Transport> void start(UnaryOperator<TestSettings> change,
            BiFunction<ProviderSettings, Vertx, T> connect, Making<T> making) {
        server = ScriptedServer.start();
        vertx = Vertx.vertx();
        patient = connected(PATIENT, change, connect, making);
        hasty = connected(HASTY, change, connect, making);
    }

    private static <T extends Transport> Connected connected(Duration limit, UnaryOperator<TestSettings> change,
            BiFunction<ProviderSettings, Vertx, T> connect, Making<T> making) {
        ProviderSettings settings = change.apply(TestSettings.of(server.baseUrl()).firstEvent(limit).idle(limit)).build();
        T transport = connect.apply(settings, vertx);
        return new Connected(transport, () -> making.of(settings, transport, vertx));
    }

    /** What this transport may do to an answer without harm. */
    abstract List<Fault> odd(List<Deviation> deviations, Random random);

    /** What breaks an answer over this transport, or may. */
    abstract Fault breakage(Random random);

    @BeforeTry
    void forgetTheLastTry() {
        server.reset();
        provider = patient.providers().get();
    }

    @AfterContainer
    static void stop() {
        patient.close();
        hasty.close();
        await("no connection stays").atMost(Trials.AT_MOST).until(() -> server.connections().open() == 0);
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

    @Property(tries = 400, seed = "42", shrinking = ShrinkingMode.OFF)
    void split_anywhere_sent_oddly_and_read_slowly_the_answer_is_the_same(@ForAll("answers") Answer answer,
            @ForAll("deviations") List<Deviation> deviations, @ForAll Random random) {
        Turns.Outcome undisturbed = streamed(answer, random);

        List<Fault> faults = new ArrayList<>(deviations);
        faults.add(Fault.splitRandomly(random.nextLong(), 50));
        faults.addAll(odd(deviations, random));

        assertThat(streamed(answer.with(faults), random)).isEqualTo(undisturbed);
    }

    private static Turns.Outcome streamed(Answer answer, Random random) {
        server.respond(request -> answer);
        return Turns.Outcome.of(EventRules.checkWhole(SlowReader.whole(provider, REQUEST, random)));
    }

    @Property(tries = 200, seed = "42", shrinking = ShrinkingMode.OFF)
    void a_whole_answer_is_the_same_as_its_stream(@ForAll("answers") Answer answer) {
        server.respond(request -> answer);

        LlmResponse whole = provider.complete(REQUEST).await().atMost(Duration.ofSeconds(10));
        LlmResponse streamed = EventRules.checkWhole(SlowReader.whole(provider, REQUEST, new Random(1)));

        assertThat(Turns.Outcome.of(whole).calls()).containsExactlyInAnyOrderElementsOf(Turns.Outcome.of(streamed).calls());
        assertThat(whole.text()).isEqualTo(streamed.text());
        assertThat(whole.usage()).isEqualTo(streamed.usage());
        assertThat(whole.finishReason()).isEqualTo(streamed.finishReason());
    }

    @Property(tries = 120, seed = "42", shrinking = ShrinkingMode.OFF)
    void a_stream_that_breaks_fails_with_a_typed_error_or_was_whole_and_never_hangs(@ForAll("answers") Answer answer,
            @ForAll Random random) {
        Answer broken = answer.with(breakage(random));
        server.respond(request -> broken);

        SlowReader reader = SlowReader.read(hasty.providers().get(), REQUEST, random);

        if (reader.failure() == null) {
            Turns.Outcome outcome = Turns.Outcome.of(EventRules.checkWhole(reader.events()));
            assertThat(outcome.withoutUsage()).isEqualTo(Turns.undisturbed(answer, api).withoutUsage());
        } else {
            assertThat(reader.failure()).isInstanceOf(LlmException.class);
            EventRules.check(reader.events());
        }
    }
}
