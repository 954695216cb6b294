package io.quarkiverse.llm.test;

import static io.quarkiverse.llm.test.LlmAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.Capability;
import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmCapabilities;
import io.quarkiverse.llm.LlmCapabilities.Finding;
import io.quarkiverse.llm.LlmCapabilities.Source;
import io.quarkiverse.llm.LlmCapabilities.Support;
import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseStarted;
import io.quarkiverse.llm.LlmEvent.TextDelta;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmLimitException;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.ChatDeviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

class MockLlmTest {

    private static final LlmRequest HI = LlmRequest.of("Hi");
    private static final Answer WEATHER = Answer.reasoning("Hm.").thenText("Let me ", "see.")
            .thenToolCall("call_1", "get_weather", "{\"ci", "ty\":\"Oslo\"}").usage(7, 5);

    private final MockLlm llm = new MockLlm();

    @Test
    void anAnswerIsStreamedInItsDeltas() {
        llm.enqueue(WEATHER);

        assertThat(llm.stream(HI)).completes().hasReasoning("Hm.").hasTextDeltas("Let me ", "see.")
                .hasToolCall("get_weather", "{\"city\": \"Oslo\"}").endsCompleted().response().hasUsage(7, 5);
    }

    @Test
    void aHeldAnswerGoesOnWhenTheTestLetsIt() {
        CompletableFuture<Void> looked = new CompletableFuture<>();
        llm.enqueue(Answer.text("a").pauseUntil(looked).thenText("b"));

        AssertSubscriber<String> subscriber = llm.streamText(HI).subscribe().withSubscriber(AssertSubscriber.create(10));
        subscriber.awaitItems(1).assertItems("a").assertNotTerminated();
        looked.complete(null);

        subscriber.awaitCompletion().assertItems("a", "b");
    }

    @Test
    void theSameAnswerIsGivenAsAWhole() {
        llm.enqueue(WEATHER);

        assertThat(llm.completeAndAwait(HI)).isCompleted().hasText("Let me see.").hasReasoning("Hm.")
                .hasToolCall("get_weather", "{\"city\":\"Oslo\"}").hasUsage(7, 5);
    }

    @Test
    void eachSubscriptionIsARequestOfItsOwn() {
        llm.enqueue(Answer.text("one"), Answer.text("two"));
        var stream = llm.stream(HI);
        assertThat(llm.requests()).isEmpty();

        assertThat(stream).completes().hasText("one");
        assertThat(stream).completes().hasText("two");

        assertThat(llm.requests()).containsExactly(HI, HI);
        assertThat(llm.lastRequest()).hasUserMessage("Hi");
    }

    @Test
    void aFunctionMayAnswer() {
        llm.respond(request -> Answer.text(request.instructions().orElse("none")));

        assertThat(llm.completeAndAwait(HI.toBuilder().instructions("Be brief").build())).hasText("Be brief");
    }

    @Test
    void eachAnswerHasAnIdOfItsOwn() {
        llm.respond(request -> Answer.text("a"));

        assertThat(List.of(llm.completeAndAwait(HI).id(), llm.completeAndAwait(HI).id(), llm.reset().enqueue(WEATHER)
                .completeAndAwait(HI).id())).containsExactly("chatcmpl-scripted-1", "chatcmpl-scripted-2",
                        "chatcmpl-scripted-1");
    }

    @Test
    void noAnswerCannotBeQueued() {
        assertThatNullPointerException().isThrownBy(() -> llm.enqueue((Answer) null))
                .withMessage("an answer of the queue is null");
    }

    @Test
    void whatItCanDoIsUnknownUnlessATestSaysIt() {
        assertThat(llm.capabilities()).isEqualTo(LlmCapabilities.UNKNOWN);

        llm.capabilities(Capability.TOOLS, Capability.IMAGE_INPUT);

        assertThat(llm.capabilities().supports(Capability.TOOLS)).isTrue();
        assertThat(llm.capabilities().of(Capability.FILE_INPUT)).isEqualTo(new Finding(Support.NO, Source.CONFIGURED));
        LlmCapabilities listed = new LlmCapabilities(Map.of(Capability.TOOLS, new Finding(Support.NO, Source.DISCOVERED)));
        assertThat(llm.capabilities(listed).capabilities()).isEqualTo(listed);
        assertThat(llm.reset().capabilities()).isEqualTo(LlmCapabilities.UNKNOWN);
    }

    @Test
    void whatIsNotScriptedFailsWithASentence() {
        assertThat(llm.stream(HI)).failsWith(LlmException.class).isNotRetryable()
                .hasMessage(
                        "The default provider: nothing is scripted for request 1 of this mock: enqueue an answer for it, or "
                                + "set a function with respond()");
    }

    @Test
    void aFunctionThatFailsIsTheFailure() {
        llm.respond(request -> {
            throw new AssertionError("not what I expected");
        });

        assertThatExceptionOfType(LlmException.class).isThrownBy(() -> llm.completeAndAwait(HI))
                .withMessageContaining("not what I expected").withCauseInstanceOf(AssertionError.class);
    }

    @Test
    void errorsAreTheTypedExceptions() {
        llm.enqueue(Answer.error(401, "no such key"), Answer.error(429, "slow down").header("Retry-After", "2"));

        assertThatExceptionOfType(LlmAuthenticationException.class).isThrownBy(() -> llm.completeAndAwait(HI))
                .withMessageContaining("no such key");
        assertThat(llm.stream(HI)).failsWith(LlmRateLimitException.class).hasHttpStatus(429).isRetryable()
                .hasRetryAfter(Duration.ofSeconds(2));
    }

    @Test
    void anErrorInsideAStreamIsAFailure() {
        llm.enqueue(Answer.text("a", "b").with(ChatDeviation.ERROR_FRAME));

        assertThat(llm.stream(HI)).failsWith(LlmServerException.class).hasMessageContaining("The engine died");
    }

    @Test
    void aCutStreamIsAFailureWithWhatHadArrived() {
        llm.enqueue(Answer.text("Hel", "lo").with(Fault.dropAfterEvents(2)),
                Answer.text("Hel", "lo").with(Fault.resetAfterEvents(2)),
                Answer.text("Hel", "lo").with(Fault.endAfterEvents(2)));

        for (int i = 0; i < 3; i++) {
            assertThat(llm.stream(HI)).failsWith(LlmTruncatedStreamException.class).hasPartialText("Hel");
        }
    }

    @Test
    void noAnswerIsATransportFailure() {
        llm.enqueue(Answer.text("a").with(Fault.dropBeforeHead()), Answer.text("a").with(Fault.resetBeforeHead()));

        assertThat(llm.stream(HI)).failsWith(LlmTransportException.class).isRetryable();
        assertThatExceptionOfType(LlmTransportException.class).isThrownBy(() -> llm.completeAndAwait(HI));
    }

    @Test
    void aStallIsTheTimeLimitItWouldReach() {
        llm.enqueue(Answer.text("a", "b").with(Fault.stallBeforeHead()), Answer.text("a", "b").with(Fault.stallAfterEvents(2)));

        assertThat(llm.stream(HI)).failsWith(LlmTimeoutException.class)
                .hasFieldOrPropertyWithValue("limit", LlmTimeoutException.Limit.FIRST_EVENT);
        assertThat(llm.stream(HI)).failsWith(LlmTimeoutException.class).hasPartialText("a")
                .hasFieldOrPropertyWithValue("limit", LlmTimeoutException.Limit.IDLE);
    }

    @Test
    void aSilenceAfterEverythingIsTheEnd() {
        llm.enqueue(Answer.text("a").with(Framing.FINISH_THEN_OPEN), Answer.text("a").with(Framing.DONE_THEN_OPEN));

        assertThat(llm.stream(HI)).completes().hasText("a").endsCompleted();
        assertThat(llm.stream(HI)).completes().hasText("a").endsCompleted();
    }

    @Test
    void theTimeoutOfTheRequestHolds() {
        llm.enqueue(Answer.text("a").pause(Duration.ofHours(1)).thenText("b"));

        assertThat(llm.stream(HI.toBuilder().timeout(Duration.ofMillis(20)).build())).failsWith(LlmTimeoutException.class)
                .hasFieldOrPropertyWithValue("limit", LlmTimeoutException.Limit.TOTAL);
    }

    @ParameterizedTest
    @EnumSource(ChatDeviation.class)
    void deviationsDoNotMatterWhereNothingIsLost(ChatDeviation deviation) {
        llm.enqueue(WEATHER.with(deviation));

        if (deviation.aspect() == ChatDeviation.Aspect.ERROR) {
            assertThat(llm.stream(HI)).failsWith(LlmException.class);
        } else {
            assertThat(llm.stream(HI)).completes().hasText("Let me see.").hasToolCall("get_weather", "{\"city\":\"Oslo\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void framingDoesNotMatter(Framing framing) {
        llm.enqueue(WEATHER.with(framing, Fault.splitEveryByte()));

        assertThat(llm.stream(HI)).completes().hasText("Let me see.").endsCompleted();
    }

    @Test
    void demandIsHonoured() {
        llm.enqueue(Answer.endless("x"));
        AssertSubscriber<LlmEvent> subscriber = llm.stream(HI).subscribe().withSubscriber(AssertSubscriber.create(3));

        subscriber.awaitItems(3).request(2);

        assertThat(subscriber.awaitItems(5).getItems()).hasSize(5);
        subscriber.cancel();
    }

    @Test
    void cancellingEndsAnEndlessAnswer() {
        llm.enqueue(Answer.endless("x"));
        AtomicInteger events = new AtomicInteger();

        assertThat(llm.stream(HI).invoke(events::incrementAndGet).select().first(100).collect().asList().await()
                .atMost(Duration.ofSeconds(10))).hasSize(100);

        assertThat(events).hasValue(100);
    }

    @Test
    void anEndlessAnswerIsNotReadAsAWhole() {
        llm.enqueue(Answer.endless("x".repeat(1_000_000)));

        assertThatExceptionOfType(LlmLimitException.class).isThrownBy(() -> llm.completeAndAwait(HI));
    }

    @Test
    void eventsComeOnTheContextOfTheCaller() {
        llm.enqueue(Answer.text("a"));
        Vertx vertx = Vertx.vertx();
        try {
            Context context = vertx.getOrCreateContext();
            List<Context> seen = new CopyOnWriteArrayList<>();
            context.runOnContext(there -> llm.stream(HI).subscribe().with(event -> seen.add(Vertx.currentContext())));

            Awaitility.await().until(() -> seen.size() == 5);
            assertThat(seen).containsOnly(context);
        } finally {
            vertx.close();
        }
    }

    @Test
    void theFirstEventsAreThoseOfEveryProvider() {
        llm.enqueue(Answer.text("a"));

        List<LlmEvent> events = llm.stream(HI).collect().asList().await().indefinitely();

        assertThat(events.get(0)).isInstanceOf(ResponseStarted.class);
        assertThat(events).hasTypes(ResponseStarted.class, LlmEvent.ItemStarted.class, TextDelta.class,
                LlmEvent.ItemComplete.class, ResponseCompleted.class);
    }

    @Test
    void itListsModels() {
        assertThat(llm.models("a", "b").models().await().indefinitely()).extracting(LlmModel::id).containsExactly("a", "b");

        llm.models(Answer.error(404, "no list"));
        assertThatExceptionOfType(LlmException.class).isThrownBy(() -> llm.models().await().indefinitely())
                .withMessageContaining("no list");
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void itCountsInputTokensWhenToldTo() {
        assertThat(llm.inputTokens(42).inputTokens(HI).await().indefinitely()).isEqualTo(42);

        llm.inputTokens(Answer.error(429, "slow down"));
        assertThatExceptionOfType(LlmRateLimitException.class).isThrownBy(() -> llm.inputTokens(HI).await().indefinitely());
        assertThat(llm.requests()).isEmpty();
    }

    @Test
    void untoldItCountsNoInputTokens() {
        llm.inputTokens(42).reset();

        assertThatExceptionOfType(LlmUnsupportedException.class).isThrownBy(() -> llm.inputTokens(HI).await().indefinitely())
                .withMessageContaining("does not support counting input tokens");
    }

    @Test
    void resetForgetsScriptAndRequests() {
        llm.enqueue(Answer.text("a"), Answer.text("b"));
        llm.completeAndAwait(HI);

        llm.reset();

        assertThat(llm.requests()).isEmpty();
        assertThatExceptionOfType(LlmException.class).isThrownBy(() -> llm.completeAndAwait(HI));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> new MockLlm().lastRequest())
                .withMessage("The mock has not been asked anything");
    }

    @Test
    void itBearsTheNameOfTheProviderItStandsFor() {
        assertThat(llm.name()).isEqualTo(LlmClient.DEFAULT);
        MockLlm local = new MockLlm("local.one").enqueue(Answer.error(500, "died"));

        assertThat(local.name()).isEqualTo("local.one");
        assertThat(local.stream(HI)).failsWith(LlmServerException.class).hasMessageContaining("Provider 'local.one'");
    }

    @Test
    void theModelIsTheOneThatWasAskedFor() {
        llm.enqueue(Answer.text("a"), Answer.text("b"));

        assertThat(llm.completeAndAwait(HI.toBuilder().model("big").build())).hasModel("big");
        assertThat(llm.completeAndAwait(HI)).hasModel("mock");
    }

    @Test
    void whatNoWireCarriesIsTakenToo() {
        llm.enqueue(Answer.text("a"));

        assertThat(llm.completeAndAwait(HI.toBuilder().previousResponseId("resp_1").build())).hasText("a");
        assertThat(llm.lastRequest()).hasField("/previous_response_id", "resp_1");
    }
}
