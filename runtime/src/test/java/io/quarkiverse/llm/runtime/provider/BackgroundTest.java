package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;

/** Requests with {@code background=true}. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackgroundTest {

    private static final LlmRequest REQUEST = LlmRequest.builder().user("Think").background(true).build();
    private static final Answer QUEUED = Stored.answer("queued", "");
    private static final Answer RUNNING = Stored.answer("in_progress", "");
    private static final Answer DONE = Stored.answer("completed", "hello");

    private final WireFixture fixture = new WireFixture();
    private final WireProvider provider = fixture.responsesProvider(fixture.settings());

    @AfterEach
    void close() {
        fixture.close();
    }

    private LlmResponse complete(Answer... answers) {
        fixture.server.enqueue(answers);
        return provider.complete(REQUEST).await().atMost(AT_MOST);
    }

    private <T extends LlmException> T failure(Class<T> type, LlmRequest request, Answer... answers) {
        fixture.server.enqueue(answers);
        return type.cast(catchThrowableOfType(type,
                () -> provider.complete(request).await().atMost(AT_MOST)));
    }

    private List<String> asked() {
        return fixture.server.requests().stream().map(request -> request.method() + " " + request.path()
                + (request.query() == null ? "" : "?" + request.query())).toList();
    }

    @Test
    void aResponseIsAwaitedToItsEnd() {
        assertThat(complete(QUEUED, RUNNING, DONE).text()).isEqualTo("hello");

        assertThat(asked()).containsExactly("POST /v1/responses", "GET /v1/responses/resp_1", "GET /v1/responses/resp_1");
        assertThat(fixture.server.requests().get(0).json().getBoolean("background")).isTrue();
    }

    @Test
    void aServerThatAnswersAtOnceIsNotAskedAgain() {
        assertThat(complete(DONE).text()).isEqualTo("hello");

        assertThat(asked()).containsExactly("POST /v1/responses");
    }

    @Test
    void aResponseWithoutBackgroundIsNotAwaited() {
        fixture.server.enqueue(DONE);
        provider.complete(LlmRequest.of("hi")).await().atMost(AT_MOST);

        assertThat(asked()).hasSize(1);
    }

    @Test
    void aResponseThatFailsIsAFailureOfItsKind() {
        LlmException failure = failure(LlmRateLimitException.class, REQUEST, RUNNING,
                Answer.json(Stored.failed("rate_limit_exceeded", "Slow down")));

        assertThat(failure).hasMessage("Provider 'test' broke off with an error: Slow down");
        assertThat(failure.partial().orElseThrow().id()).isEqualTo("resp_1");
    }

    @Test
    void aResponseThatSomeoneCancelsIsAnAnswer() {
        LlmResponse response = complete(RUNNING, Stored.answer("cancelled", "hel"));

        assertThat(response.status()).isEqualTo(ResponseStatus.CANCELLED);
        assertThat(response.text()).isEqualTo("hel");
    }

    @Test
    void aLookThatFailsIsTakenAgain() {
        assertThat(complete(RUNNING, Answer.error(503, "busy"), DONE.with(Fault.dropBeforeHead()), DONE).text())
                .isEqualTo("hello");
    }

    @Test
    void theServerSaysWhenToLookAgain() {
        long start = System.nanoTime();
        complete(RUNNING, Answer.error(429, "slow down").header("retry-after-ms", "1"), DONE);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1100));
    }

    @Test
    void aResponseThatIsGoneIsAFailureThatNamesIt() {
        LlmException failure = failure(LlmNotFoundException.class, REQUEST, RUNNING, Answer.error(404, "gone"));

        assertThat(failure.partial().orElseThrow().id()).isEqualTo("resp_1");
        assertThat(failure.partial().orElseThrow().status()).isEqualTo(ResponseStatus.IN_PROGRESS);
    }

    @Test
    void aRequestThatIsRefusedIsNotRepeated() {
        failure(LlmServerException.class, REQUEST, Answer.error(500, "broken"));

        assertThat(asked()).containsExactly("POST /v1/responses");
    }

    @Test
    void theTimeLimitOfTheRequestCoversItAll() {
        fixture.server.respond(request -> RUNNING);
        LlmTimeoutException failure = failure(LlmTimeoutException.class,
                REQUEST.toBuilder().timeout(Duration.ofMillis(700)).build());

        assertThat(failure.limit()).isEqualTo(LlmTimeoutException.Limit.TOTAL);
        assertThat(failure.duration()).isEqualTo(Duration.ofMillis(700));
        assertThat(failure).hasMessageContaining("within 700 ms").hasMessageContaining("quarkus.llm.test.timeout");
        assertThat(failure.partial().orElseThrow().id()).isEqualTo("resp_1");
    }

    @Test
    void theTimeLimitHoldsWhileTheServerDoesNotAnswer() {
        LlmTimeoutException failure = failure(LlmTimeoutException.class,
                REQUEST.toBuilder().timeout(Duration.ofMillis(700)).build(), RUNNING, RUNNING.with(Fault.stallBeforeHead()));

        assertThat(failure.duration()).isEqualTo(Duration.ofMillis(700));
        assertThat(failure.partial()).isPresent();
    }

    @Test
    void whoeverCancelsStopsWaitingAndNotTheServer() {
        fixture.server.enqueue(RUNNING, RUNNING.with(Fault.stallBeforeHead()));
        Cancellable waiting = provider.complete(REQUEST).subscribe().with(response -> {
        });
        fixture.server.takeRequest(AT_MOST);
        RecordedRequest look = fixture.server.takeRequest(AT_MOST);

        waiting.cancel();

        assertThat(look.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
        await().during(Duration.ofSeconds(1)).atMost(AT_MOST).until(() -> fixture.server.requests().size() == 2);
    }

    @Test
    void whoeverCancelsBetweenTwoLooksStopsWaiting() {
        fixture.server.enqueue(RUNNING);
        Cancellable waiting = provider.complete(REQUEST).subscribe().with(response -> {
        });
        assertThat(fixture.server.takeRequest(AT_MOST).awaitOutcome(AT_MOST)).isEqualTo(Outcome.COMPLETED);

        waiting.cancel();

        await().during(Duration.ofSeconds(1)).atMost(AT_MOST).until(() -> fixture.server.requests().size() == 1);
    }

    @Test
    void theAnswerComesOnTheCallersContext() {
        fixture.server.enqueue(RUNNING, DONE);
        ContextInternal context = ((VertxInternal) fixture.vertx).createEventLoopContext().duplicate();
        CompletableFuture<Object> where = new CompletableFuture<>();

        context.runOnContext(there -> provider.complete(REQUEST).subscribe()
                .with(response -> where.complete(Vertx.currentContext()), where::completeExceptionally));

        assertThat(where.orTimeout(10, TimeUnit.SECONDS).join()).isSameAs(context);
    }

    @Test
    void theKeyOfTheRequestGoesWithEachLook() {
        fixture.server.enqueue(RUNNING, DONE);

        provider.complete(REQUEST.toBuilder().apiKey(Secret.of("mine")).extraHeader("x-team", "blue").build()).await()
                .atMost(AT_MOST);

        assertThat(fixture.server.requests()).extracting(request -> request.header("authorization"))
                .containsExactly("Bearer mine", "Bearer mine");
        assertThat(fixture.server.requests()).extracting(request -> request.header("x-team")).containsExactly("blue", "blue");
    }

    private List<LlmEvent> stream(Answer... answers) {
        fixture.server.enqueue(answers);
        return provider.stream(REQUEST).collect().asList().await().atMost(AT_MOST);
    }

    private static void assertUnbroken(List<LlmEvent> events, String... texts) {
        assertThat(texts(events)).containsExactly(texts);
        assertThat(events.stream().filter(LlmEvent.ResponseStarted.class::isInstance)).hasSize(1);
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(LlmEvent.ResponseCompleted.class,
                completed -> assertThat(completed.response().text()).isEqualTo(String.join("", texts)));
    }

    @Test
    void aStreamThatBreaksOffIsTakenUpAgain() {
        List<LlmEvent> events = stream(Stored.stream(-1, "a", "b", "c").with(Fault.dropAfterEvents(6)),
                Stored.stream(Stored.numberOfDelta(1), "a", "b", "c"));

        assertUnbroken(events, "a", "b", "c");
        assertThat(asked()).containsExactly("POST /v1/responses", "GET /v1/responses/resp_1?stream=true&starting_after=5");
    }

    @Test
    void aStreamThatJustEndsIsTakenUpAgain() {
        assertUnbroken(stream(Stored.stream(-1, "a", "b").with(Fault.endAfterEvents(5)), Stored.stream(4, "a", "b")), "a", "b");
    }

    @Test
    void aStreamThatEndsInsideAnEventIsTakenUpAgain() {
        assertUnbroken(stream(Stored.streamCutInside(5, "a", "b", "c"), Stored.stream(4, "a", "b", "c")), "a", "b", "c");

        assertThat(asked()).containsExactly("POST /v1/responses", "GET /v1/responses/resp_1?stream=true&starting_after=4");
    }

    @Test
    void aStreamWithoutBackgroundThatEndsInsideAnEventIsCut() {
        fixture.server.enqueue(Stored.streamCutInside(5, "a", "b", "c"));

        Throwable failure = provider.stream(LlmRequest.of("hi")).subscribe().withSubscriber(AssertSubscriber.create(100))
                .awaitFailure(AT_MOST).getFailure();

        assertThat(failure).isInstanceOfSatisfying(LlmTruncatedStreamException.class, cut -> {
            assertThat(cut.isRetryable()).isTrue();
            assertThat(cut.partial().orElseThrow().text()).isEqualTo("a");
        });
    }

    @Test
    void aStreamMayBreakOffTimeAndAgain() {
        String[] texts = { "a", "b", "c", "d", "e" };
        List<LlmEvent> events = stream(Stored.stream(-1, texts).with(Fault.dropAfterEvents(1)),
                Stored.stream(0, texts).with(Fault.dropAfterEvents(5)), Stored.stream(5, texts).with(Fault.dropAfterEvents(1)),
                Stored.stream(6, texts).with(Fault.dropBeforeHead()), Answer.error(502, "restarting"), Stored.stream(6, texts));

        assertUnbroken(events, texts);
    }

    @Test
    void eventsThatTheServerRepeatsAreNotHandedOnTwice() {
        assertUnbroken(stream(Stored.stream(-1, "a", "b", "c").with(Fault.dropAfterEvents(6)),
                Stored.stream(-1, "a", "b", "c")), "a", "b", "c");
    }

    @Test
    void aStreamWithoutBackgroundIsNotTakenUpAgain() {
        fixture.server.enqueue(Stored.stream(-1, "a", "b").with(Fault.dropAfterEvents(5)));

        provider.stream(LlmRequest.of("hi")).subscribe().withSubscriber(AssertSubscriber.create(100)).awaitFailure(AT_MOST)
                .assertFailedWith(LlmTruncatedStreamException.class);

        assertThat(asked()).hasSize(1);
    }

    @Test
    void aStreamThatTheServerDoesNotKeepIsCutWithItsPlace() {
        fixture.server.enqueue(Stored.stream(-1, "a", "b").with(Fault.dropAfterEvents(5)), Answer.error(404, "gone"));

        assertThatThrownBy(() -> provider.stream(REQUEST).collect().asList().await().atMost(AT_MOST))
                .isInstanceOfSatisfying(LlmTruncatedStreamException.class, failure -> {
                    assertThat(failure.sequenceNumber()).hasValue(4);
                    assertThat(failure.partial().orElseThrow().id()).isEqualTo("resp_1");
                    assertThat(failure.partial().orElseThrow().text()).isEqualTo("a");
                    assertThat(failure).hasMessageEndingWith(
                            "the stream of response 'resp_1' is cut after event 4, and could not be taken up again");
                });
    }

    @Test
    void theTimeLimitCoversAStreamThatIsTakenUpAgain() {
        fixture.server.respond(request -> Answer.error(503, "restarting"));
        fixture.server.enqueue(Stored.stream(-1, "a", "b").with(Fault.dropAfterEvents(3)));
        LlmRequest request = REQUEST.toBuilder().timeout(Duration.ofMillis(600)).build();

        assertThatThrownBy(() -> provider.stream(request).collect().asList().await().atMost(AT_MOST))
                .isInstanceOfSatisfying(LlmTimeoutException.class, failure -> {
                    assertThat(failure.duration()).isEqualTo(Duration.ofMillis(600));
                    assertThat(failure.partial().orElseThrow().id()).isEqualTo("resp_1");
                });
    }

    @Test
    void cancellingClosesAStreamThatWasTakenUpAgain() {
        fixture.server.enqueue(Stored.stream(-1, "a", "b").with(Fault.dropAfterEvents(5)),
                Stored.stream(4, "a", "b").with(Fault.stallAfterEvents(1)));
        AssertSubscriber<LlmEvent> subscriber = provider.stream(REQUEST).subscribe()
                .withSubscriber(AssertSubscriber.create(100));
        fixture.server.takeRequest(AT_MOST);
        RecordedRequest second = fixture.server.takeRequest(AT_MOST);
        await().atMost(AT_MOST).until(() -> texts(subscriber.getItems()).size() == 2);

        subscriber.cancel();

        assertThat(second.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void demandHoldsAcrossTheBreak() {
        fixture.server.enqueue(Stored.stream(-1, "a", "b", "c").with(Fault.dropAfterEvents(6)));
        fixture.server.respond(request -> Stored.stream(Stored.startingAfter(request), "a", "b", "c"));
        AssertSubscriber<LlmEvent> subscriber = provider.stream(REQUEST).subscribe()
                .withSubscriber(AssertSubscriber.create(1));
        await().atMost(AT_MOST).until(() -> fixture.server.requests().size() == 2);

        assertThat(subscriber.getItems()).hasSize(1);
        subscriber.request(100).awaitCompletion(AT_MOST);
        assertUnbroken(subscriber.getItems(), "a", "b", "c");
    }

    @Test
    void theKeyOfTheRequestIsHiddenWhenALookAtItsResponseCannotBeRead() {
        fixture.server.enqueue(QUEUED, Answer.json(new JsonObject().put("given", "sk-of-this-request")));
        LlmRequest request = REQUEST.toBuilder().apiKey(Secret.of("sk-of-this-request")).build();

        LlmDecodeException failure = catchThrowableOfType(LlmDecodeException.class,
                () -> provider.complete(request).await().atMost(AT_MOST));

        assertThat(failure.raw()).contains("given").doesNotContain("sk-of-this-request");
        assertThat(failure.getMessage()).doesNotContain("sk-of-this-request");
    }

    @Test
    void aResponseThatDoesNotNameItsModelHasThatOfItsRequest() {
        JsonObject unnamed = Stored.response("completed", "hello");
        unnamed.remove("model");
        fixture.server.enqueue(QUEUED, Answer.json(unnamed));

        LlmResponse response = provider.complete(REQUEST.toBuilder().model("mine").build()).await().atMost(AT_MOST);

        assertThat(response.model()).isEqualTo("mine");
    }
}
