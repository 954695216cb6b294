package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.llm.LlmAuthenticationException;
import io.quarkiverse.llm.LlmBadRequestException;
import io.quarkiverse.llm.LlmContextLengthException;
import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmNotFoundException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRateLimitException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTransportException;
import io.quarkiverse.llm.LlmUnsupportedException;
import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.NoSuchApi;
import io.quarkiverse.llm.scripted.Outcome;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.json.JsonObject;

/** The server is asked how many tokens an input has. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InputTokensTest {

    private static final Path RECORDED = Path.of("src/test/resources/corpus/llama-cpp/plain/resp_input_tokens.json");

    private final WireFixture fixture = new WireFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private static long count(LlmProvider provider, LlmRequest request) {
        return provider.inputTokens(request).await().atMost(AT_MOST);
    }

    private long count() {
        return count(fixture.provider(), REQUEST);
    }

    private <T extends LlmException> T failure(Class<T> type, LlmRequest request) {
        return catchThrowableOfType(type, () -> count(fixture.provider(), request));
    }

    private <T extends LlmException> T failure(Class<T> type) {
        return failure(type, REQUEST);
    }

    private RecordedRequest asked() {
        return fixture.server.takeRequest(AT_MOST);
    }

    @ParameterizedTest
    @EnumSource
    void theServerCountsWhicheverWireApiTheRequestWouldTake(WireApi api) {
        WireProvider provider = api == WireApi.AUTO ? fixture.automatic(fixture.settings().api(api))
                : api == WireApi.RESPONSES ? fixture.responsesProvider(fixture.settings()) : fixture.provider();

        assertThat(count(provider, LlmRequest.builder().instructions("Be brief.").user("Why is the sky blue?").build()))
                .isEqualTo(7);

        RecordedRequest request = asked();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/responses/input_tokens");
        assertThat(request.json().fieldNames()).containsExactlyInAnyOrder("model", "instructions", "input");
    }

    @Test
    void whatLlamaServerAnswersIsRead() {
        fixture.server.inputTokens(Answer.replay(RECORDED));

        assertThat(count()).isEqualTo(58);
    }

    @Test
    void anInputOfNothingHasNoTokens() {
        fixture.server.inputTokens(Answer.inputTokens(0));

        assertThat(count()).isZero();
    }

    @Test
    void keyAndHeadersOfTheRequestGoAlong() {
        count(fixture.provider(fixture.settings().apiKey("sk-configured").header("x-team", "blue")),
                LlmRequest.builder().user("Hi").apiKey(Secret.of("sk-own")).extraHeader("x-trace", "t").build());

        RecordedRequest request = asked();
        assertThat(request.header("authorization")).isEqualTo("Bearer sk-own");
        assertThat(request.header("x-team")).isEqualTo("blue");
        assertThat(request.header("x-trace")).isEqualTo("t");
        assertThat(request.header("accept")).isEqualTo("application/json");
    }

    @Test
    void nothingHappensBeforeTheSubscription() {
        Uni<Long> count = fixture.provider().inputTokens(REQUEST);

        assertThat(fixture.server.requests()).isEmpty();
        count.await().atMost(AT_MOST);
        count.await().atMost(AT_MOST);
        assertThat(fixture.server.requests()).hasSize(2);
    }

    @Test
    void eachSubscriptionAsksTheProviderOfTheMoment() {
        AtomicReference<LlmProvider> current = new AtomicReference<>();
        Uni<Long> count = new RegisteredProvider("any", current::get).inputTokens(REQUEST);
        current.set(fixture.provider(fixture.settings().model(Optional.of("later"))));

        assertThat(count.await().atMost(AT_MOST)).isEqualTo(1);
        assertThat(asked().json().getString("model")).isEqualTo("later");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "WEB_PAGE", "EMPTY_STREAM" })
    void aServerThatDoesNotCountIsToldSo(NoSuchApi refusal) {
        fixture.server.inputTokens(refusal.answer());

        LlmUnsupportedException failure = failure(LlmUnsupportedException.class);

        assertThat(failure.feature()).isEqualTo("counting input tokens");
        assertThat(failure).hasMessageStartingWith("Provider 'test' does not support counting input tokens: asked for "
                + "POST /responses/input_tokens").hasCauseInstanceOf(LlmException.class);
        assertThat(failure.httpStatus()).isEqualTo(((LlmException) failure.getCause()).httpStatus());
    }

    static Stream<Answer> unknownRoutes() {
        return Stream.of(
                Answer.error(404,
                        "Unknown request URL: POST /openai/v1/responses/input_tokens. Please check the URL for typos"),
                Answer.error(404, "Invalid URL (POST /v1/responses/input_tokens)"),
                Answer.error(404, "Response with id 'input_tokens' not found."),
                Answer.error(404, new JsonObject().put("message", "no Route matched with those values")),
                Answer.error(400, "Unknown request URL: POST /v1/responses/input_tokens"),
                Answer.error(400, "The endpoint /responses/input_tokens was not found"),
                Answer.raw("text/plain", new byte[0]).status(404));
    }

    @ParameterizedTest
    @MethodSource("unknownRoutes")
    void aRouteThatTheServerDoesNotKnowIsNoCount(Answer refusal) {
        fixture.server.inputTokens(refusal);

        assertThat(failure(LlmUnsupportedException.class)).hasMessageMatching(".*the server answered 40[04]");
    }

    static Stream<Arguments> otherFailures() {
        return Stream.of(
                Arguments.of(401, "Incorrect API key", LlmAuthenticationException.class),
                Arguments.of(429, "slow down", LlmRateLimitException.class),
                Arguments.of(500, "oops", LlmServerException.class),
                Arguments.of(400, "This model's maximum context length is 4096 tokens", LlmContextLengthException.class),
                Arguments.of(400, "The image URL was not found", LlmBadRequestException.class),
                Arguments.of(404, "The model 'nosuch' does not exist", LlmNotFoundException.class),
                Arguments.of(404, "Response with id 'resp_1' not found.", LlmNotFoundException.class),
                Arguments.of(404, "Conversation with id 'conv_1' not found.", LlmNotFoundException.class));
    }

    @ParameterizedTest
    @MethodSource("otherFailures")
    void anyOtherFailureIsWhatItIsForAnAnswer(int status, String message, Class<? extends LlmException> type) {
        fixture.server.inputTokens(Answer.error(status, message));

        assertThat(failure(type)).hasMessageContaining(message).satisfies(
                failure -> assertThat(failure.httpStatus()).hasValue(status));
    }

    @Test
    void aResponseThatTheServerDoesNotHaveIsNotFound() {
        LlmRequest request = LlmRequest.builder().user("Hi").previousResponseId("resp_1").build();

        assertThat(failure(LlmNotFoundException.class, request).code()).contains("previous_response_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "[]", "", "{\"input_tokens\":null}", "{\"input_tokens\":\"5\"}", "{\"input_tokens\":1.5}",
            "{\"input_tokens\":-1}", "<html>Welcome to an endpoint that was not found</html>" })
    void whatIsNoCountIsNotTakenForOne(String body) {
        fixture.server.inputTokens(Answer.raw("application/json", body.getBytes()));

        assertThat(failure(LlmDecodeException.class)).hasMessageContaining("quarkus.llm.test.base-url");
    }

    @Test
    void anErrorInAnAnswerThatSaysOkIsAFailure() {
        fixture.server.inputTokens(Answer.json(new JsonObject().put("error",
                new JsonObject().put("message", "overloaded").put("type", "overloaded_error"))));

        assertThat(failure(LlmException.class)).hasMessageContaining("overloaded").isNotInstanceOf(LlmDecodeException.class);
    }

    @Test
    void aKeyThatTheServerRepeatsIsMasked() {
        fixture.server.inputTokens(Answer.error(404, "no route for sk-very-own-key-123"));

        LlmException failure = failure(LlmException.class,
                LlmRequest.builder().user("Hi").apiKey(Secret.of("sk-very-own-key-123")).build());

        assertThat(failure).hasStackTraceContaining("no route for").extracting(Throwable::getCause)
                .satisfies(cause -> assertThat(((Throwable) cause).getMessage()).doesNotContain("sk-very-own-key-123"));
    }

    @Test
    void aCutAnswerIsAFailure() {
        fixture.server.inputTokens(Answer.text("any").with(Fault.dropBeforeHead()));

        assertThat(failure(LlmTransportException.class)).isNotNull();
    }

    @Test
    void theTimeLimitOfTheRequestHolds() {
        fixture.server.inputTokens(Answer.text("any").with(Fault.stallBeforeHead()));

        assertThat(failure(LlmTimeoutException.class,
                LlmRequest.builder().user("Hi").timeout(Duration.ofMillis(200)).build()).limit())
                .isEqualTo(LlmTimeoutException.Limit.TOTAL);
    }

    @Test
    void cancellingClosesTheExchange() {
        fixture.server.inputTokens(Answer.text("any").with(Fault.stallBeforeHead()));
        Cancellable running = fixture.provider().inputTokens(REQUEST).subscribe().with(count -> {
        });
        RecordedRequest request = asked();

        running.cancel();

        assertThat(request.awaitOutcome(AT_MOST)).isEqualTo(Outcome.CLIENT_CLOSED);
    }

    @Test
    void aRequestThatAsksNothingIsNotSent() {
        assertThatThrownBy(() -> count(fixture.provider(), LlmRequest.builder().build()))
                .isInstanceOf(LlmBadRequestException.class).hasMessageContaining("has no input");
        assertThat(fixture.server.requests()).isEmpty();
    }
}
