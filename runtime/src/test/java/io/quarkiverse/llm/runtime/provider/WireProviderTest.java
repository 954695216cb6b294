package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmModel;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.json.JsonObject;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WireProviderTest {

    private final WireFixture fixture = new WireFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private <T extends Throwable> T failure(AssertSubscriber<LlmEvent> subscriber, Class<T> type) {
        return type.cast(subscriber.awaitFailure(AT_MOST).assertFailedWith(type).getFailure());
    }

    @Test
    void eventsComeInOrderAndEndOnce() {
        fixture.server.enqueue(Answer.text("a", "b", "c"));
        List<LlmEvent> events = fixture.subscribe(fixture.provider()).awaitCompletion(AT_MOST).getItems();
        assertThat(events.get(0)).isInstanceOf(LlmEvent.ResponseStarted.class);
        assertThat(texts(events)).containsExactly("a", "b", "c");
        assertThat(events.get(4)).isInstanceOf(LlmEvent.ResponseCompleted.class);
        assertThat(events).hasSize(5);
    }

    @Test
    void eachSubscriptionIsARequest() {
        fixture.server.respond(request -> Answer.text("a"));
        WireProvider provider = fixture.provider();
        var events = provider.stream(REQUEST);
        assertThat(fixture.server.requests()).isEmpty();
        events.collect().asList().await().atMost(AT_MOST);
        events.collect().asList().await().atMost(AT_MOST);
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void aConfiguredFieldOfTheBodyIsMaskedWhereTheServerRepeatsIt() {
        fixture.server.enqueue(Answer.error(401, "No tenant tenant-secret-4711 here"));
        WireProvider provider = fixture.provider(fixture.settings().extraBody("tenant", "\"tenant-secret-4711\""));
        assertThatThrownBy(() -> provider.complete(REQUEST).await().atMost(AT_MOST))
                .isInstanceOf(LlmAuthenticationException.class).hasMessageContaining("No tenant *** here")
                .hasMessageNotContaining("4711");
    }

    @Test
    void theEndIsNotWaitedFor() {
        fixture.server.enqueue(Answer.text("a").with(Framing.DONE_THEN_OPEN));
        fixture.subscribe(fixture.provider()).awaitCompletion(Duration.ofMillis(900));
        fixture.assertClosedByUs();
    }

    @Test
    void aWholeAnswerWithoutItsEndIsEnoughAfterAMoment() {
        fixture.server.enqueue(Answer.text("a").with(Framing.FINISH_THEN_OPEN));
        fixture.subscribe(fixture.provider()).awaitCompletion(AT_MOST);
        fixture.assertClosedByUs();
    }

    @Test
    void aWholeAnswerWithoutItsEndIsEnoughWhenTheConnectionBreaks() {
        fixture.server.enqueue(Answer.text("a").with(Framing.NO_DONE, Fault.dropAfterEvents(3)));
        fixture.subscribe(fixture.provider()).awaitCompletion(AT_MOST);
    }

    @Test
    void aCutStreamFailsWithWhatHadArrived() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.dropAfterEvents(2)));
        LlmTruncatedStreamException failure = failure(fixture.subscribe(fixture.provider()), LlmTruncatedStreamException.class);
        assertThat(failure.partial().orElseThrow().text()).isEqualTo("a");
        assertThat(failure).hasCauseInstanceOf(LlmTransportException.class);
    }

    @Test
    void aCutThatLooksLikeAnEndFailsToo() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.endAfterEvents(2)));
        assertThat(failure(fixture.subscribe(fixture.provider()), LlmTruncatedStreamException.class).partial()).isPresent();
    }

    @Test
    void aConnectionThatBreaksBeforeContentIsATransportFailure() {
        fixture.server.enqueue(Answer.text("a").with(Fault.dropAfterEvents(1)));
        assertThat(failure(fixture.subscribe(fixture.provider()), LlmTransportException.class).partial()).isEmpty();
    }

    @Test
    void silenceFailsWithWhatHadArrived() {
        fixture.server.enqueue(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        WireProvider provider = fixture.provider(fixture.settings().idle(Duration.ofMillis(150)));
        LlmTimeoutException failure = failure(fixture.subscribe(provider), LlmTimeoutException.class);
        assertThat(failure.partial().orElseThrow().text()).isEqualTo("a");
        fixture.assertClosedByUs();
    }

    @Test
    void theRequestsOwnTimeLimitWins() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallAfterEvents(1)));
        LlmRequest request = LlmRequest.builder().user("hi").timeout(Duration.ofMillis(150)).build();
        AssertSubscriber<LlmEvent> subscriber = fixture.provider(fixture.settings().total(Duration.ofSeconds(20)))
                .stream(request).subscribe().withSubscriber(AssertSubscriber.create(10));
        assertThat(failure(subscriber, LlmTimeoutException.class).limit()).isEqualTo(LlmTimeoutException.Limit.TOTAL);
    }

    @Test
    void anErrorInsideTheStreamEndsIt() {
        fixture.server.enqueue(Answer.text("a").thenErrorFrame(new JsonObject().put("error", new JsonObject()))
                .with(Framing.DONE_THEN_OPEN));
        assertThat(failure(fixture.subscribe(fixture.provider()), LlmServerException.class).partial()).isPresent();
        fixture.assertClosedByUs();
    }

    @Test
    void anyThrowableReachesTheSubscriber() {
        fixture.server.enqueue(Answer.text("a", TestCodec.POISON, "b"));
        LlmDecodeException failure = failure(fixture.subscribe(fixture.provider()), LlmDecodeException.class);
        assertThat(failure).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(failure.raw()).contains(TestCodec.POISON);
        assertThat(failure.partial().orElseThrow().text()).isEqualTo("a");
    }

    @Test
    void garbageIsADecodeFailure() {
        fixture.server.enqueue(Answer.sse("data: {not json\n\n"));
        assertThat(failure(fixture.subscribe(fixture.provider()), LlmDecodeException.class).raw()).isEqualTo("{not json");
    }

    @Test
    void anErrorStatusIsAnException() {
        fixture.server.enqueue(Answer.error(429, "slow down").header("retry-after", "2"));
        LlmException failure = failure(fixture.subscribe(fixture.provider()), LlmRateLimitException.class);
        assertThat(failure.httpStatus()).hasValue(429);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(2));
    }

    @Test
    void aRedirectIsAnException() {
        fixture.server.enqueue(Answer.raw("text/plain", new byte[0]).status(307).header("location", "http://elsewhere/"));
        assertThat(failure(fixture.subscribe(fixture.provider()), LlmException.class).httpStatus()).hasValue(307);
        assertThat(fixture.server.requests()).hasSize(1);
    }

    @Test
    void aRequestThatCannotBeEncodedFailsUnsent() {
        LlmRequest request = LlmRequest.builder().user("hi").model(TestCodec.REFUSED).build();
        failure(fixture.provider().stream(request).subscribe().withSubscriber(AssertSubscriber.create(1)),
                LlmUnsupportedException.class);
        assertThatThrownBy(() -> fixture.provider().complete(request).await().atMost(AT_MOST))
                .isInstanceOf(LlmUnsupportedException.class);
        assertThat(fixture.server.requests()).isEmpty();
    }

    @Test
    void aStreamMayComeAsOneDocument() {
        fixture.server.respond(request -> Answer.json(new JsonObject("{\"choices\":[{\"message\":{\"content\":\"a\"}}]}")));
        assertThat(texts(fixture.subscribe(fixture.provider()).awaitCompletion(AT_MOST).getItems())).containsExactly("a");
    }

    @Test
    void anAnswerMayBeAskedForAsAWhole() {
        fixture.server.enqueue(Answer.text("a", "b"));
        assertThat(fixture.provider().complete(REQUEST).await().atMost(AT_MOST).text()).isEqualTo("ab");
        assertThat(fixture.server.takeRequest(AT_MOST).isStreaming()).isFalse();
    }

    @Test
    void aWholeAnswerMayComeInEvents() {
        fixture.server.enqueue(Answer.sse(
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"));
        assertThat(fixture.provider().complete(REQUEST).await().atMost(AT_MOST).text()).isEqualTo("a");
    }

    @Test
    void aWholeAnswerFailsAsAStreamDoes() {
        fixture.server.enqueue(Answer.error(500, "broken"));
        assertThatThrownBy(() -> fixture.provider().complete(REQUEST).await().atMost(AT_MOST))
                .isInstanceOf(LlmServerException.class);
    }

    @Test
    void cancellingAWholeAnswerClosesTheExchange() {
        fixture.server.enqueue(Answer.text("a").with(Fault.stallBeforeHead()));
        Cancellable cancellable = fixture.provider().complete(REQUEST).subscribe().with(response -> {
        });
        RecordedRequest request = fixture.server.takeRequest(AT_MOST);
        cancellable.cancel();
        assertThat(request.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void modelsAreListed() {
        fixture.server.models("one", "two");
        assertThat(fixture.provider().models().await().atMost(AT_MOST)).extracting(LlmModel::id).containsExactly("one", "two");
        assertThat(fixture.server.takeRequest(AT_MOST).method()).isEqualTo("GET");
    }

    @Test
    void configuredHeadersGoWithEachRequest() {
        fixture.server.enqueue(Answer.text("a"));
        fixture.subscribe(fixture.provider(fixture.settings().apiKey("k").organization("o", "p").header("X-Team", "t")))
                .awaitCompletion(AT_MOST);
        RecordedRequest request = fixture.server.takeRequest(AT_MOST);
        assertThat(request.header("authorization")).isEqualTo("Bearer k");
        assertThat(request.header("openai-organization")).isEqualTo("o");
        assertThat(request.header("openai-project")).isEqualTo("p");
        assertThat(request.header("x-team")).isEqualTo("t");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("accept")).contains("text/event-stream");
    }

    @Test
    void withoutAKeyNoneIsSent() {
        fixture.server.enqueue(Answer.text("a"));
        fixture.subscribe(fixture.provider()).awaitCompletion(AT_MOST);
        assertThat(fixture.server.takeRequest(AT_MOST).header("authorization")).isNull();
    }

    @Test
    void keyAndHeadersOfTheRequestWin() {
        fixture.server.enqueue(Answer.text("a"));
        LlmRequest request = LlmRequest.builder().user("hi").apiKey(Secret.of("mine")).extraHeader("X-Team", "ours").build();
        fixture.provider(fixture.settings().apiKey("k").header("x-team", "t")).stream(request).collect().last().await()
                .atMost(AT_MOST);
        RecordedRequest recorded = fixture.server.takeRequest(AT_MOST);
        assertThat(recorded.header("authorization")).isEqualTo("Bearer mine");
        assertThat(recorded.headers().getAll("x-team")).containsExactly("ours");
    }

    @Test
    void aServerThatRepeatsTheKeyInItsErrorDoesNotGetItShown() {
        fixture.server.respond(request -> Answer.error(401, "Incorrect API key provided: "
                + request.header("authorization").substring("Bearer ".length())));
        WireProvider provider = fixture.provider(fixture.settings().apiKey("sk-configured"));
        LlmRequest ofRequest = REQUEST.toBuilder().apiKey(Secret.of("sk-of-the-request")).build();

        assertThat(failure(fixture.subscribe(provider), LlmAuthenticationException.class))
                .hasMessageEndingWith("Incorrect API key provided: ***");
        assertThatThrownBy(() -> provider.complete(ofRequest).await().atMost(AT_MOST))
                .hasMessageEndingWith("Incorrect API key provided: ***");
    }

    @Test
    void aHeaderThatSaysWhereTheRequestEndsIsRefused() {
        LlmRequest request = REQUEST.toBuilder().extraHeader("Content-Length", "10").build();

        assertThatThrownBy(() -> fixture.provider().complete(request).await().atMost(AT_MOST))
                .isInstanceOf(LlmBadRequestException.class).hasMessageContaining("'Content-Length'");
        assertThat(fixture.server.requests()).isEmpty();
    }
}
