package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ResponseCompleted;
import io.quarkiverse.llm.LlmEvent.ResponseParsed;
import io.quarkiverse.llm.LlmIncompleteException;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRefusalException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ResponseFormats;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;

/** Typed answers, over HTTP. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ParsedAnswerTest {

    private static final LlmRequest REQUEST = LlmRequest.of("Where is Oslo?");
    private static final Place OSLO = new Place("Oslo", Optional.of("Norway"));
    private static final String[] JSON = { "{\"name\": \"Os", "lo\", \"country\":", " \"Norway\"}" };

    record Place(String name, Optional<String> country) {
    }

    private final WireFixture fixture = new WireFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private LlmProvider provider() {
        return provider(fixture.settings());
    }

    private LlmProvider provider(TestSettings testSettings) {
        ProviderSettings settings = testSettings.build();
        return new WireProvider(settings, new ChatCodec(settings), new HttpTransport(settings, fixture.vertx, options -> {
        }), fixture.vertx);
    }

    private static AssertSubscriber<LlmEvent> subscribe(Multi<LlmEvent> events) {
        return events.subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private AssertSubscriber<LlmEvent> stream(Answer answer) {
        fixture.server.enqueue(answer);
        return subscribe(provider().parseStream(REQUEST, Place.class));
    }

    private <T extends Throwable> T failure(Answer answer, Class<T> type) {
        AssertSubscriber<LlmEvent> subscriber = stream(answer).awaitFailure(AT_MOST);
        assertThat(subscriber.getItems()).noneMatch(ResponseParsed.class::isInstance)
                .noneMatch(ResponseCompleted.class::isInstance);
        return type.cast(subscriber.assertFailedWith(type).getFailure());
    }

    @Test
    void theSchemaGoesOutAndAValueComesBack() {
        fixture.server.enqueue(Answer.text(JSON));

        Place place = provider(TestSettings.of(fixture.server.origin()).preset(Preset.OPENAI)).parse(REQUEST, Place.class)
                .await().atMost(AT_MOST);

        assertThat(place).isEqualTo(OSLO);
        RecordedRequest request = fixture.server.takeRequest(AT_MOST);
        assertThat(request.isStreaming()).isFalse();
        assertThat(request.json().getJsonObject("response_format")).isEqualTo(new JsonObject("""
                {"type": "json_schema", "json_schema": {"name": "Place", "strict": true, "schema": {
                  "type": "object",
                  "properties": {"name": {"type": "string"}, "country": {"type": ["string", "null"]}},
                  "required": ["name", "country"], "additionalProperties": false}}}"""));
    }

    @Test
    void aServerWithoutSchemasIsToldInWordsAndMayAnswerInWords() {
        fixture.server.enqueue(Answer.text("Here it is:\n```json\n", "{\"name\": \"Oslo\"}", "\n```\n"));

        Place place = provider(fixture.settings().quirk(Quirk.RESPONSE_FORMATS, ResponseFormats.JSON_OBJECT))
                .parseAndAwait(REQUEST, Place.class);

        assertThat(place).isEqualTo(new Place("Oslo", Optional.empty()));
        JsonObject sent = fixture.server.takeRequest(AT_MOST).json();
        assertThat(sent.getJsonObject("response_format").getString("type")).isEqualTo("json_object");
        assertThat(sent.getJsonArray("messages").getJsonObject(0).getString("content"))
                .contains("JSON schema", "\"required\":[\"name\",\"country\"]");
    }

    @Test
    void theValueComesRightBeforeTheEndOfTheStream() {
        List<LlmEvent> events = stream(Answer.text(JSON)).awaitCompletion(AT_MOST).getItems();

        assertThat(WireFixture.texts(events)).containsExactly(JSON);
        assertThat(events.get(events.size() - 2)).isEqualTo(new ResponseParsed<>(OSLO));
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(ResponseCompleted.class,
                completed -> assertThat(completed.response().text()).isEqualTo(String.join("", JSON)));
        assertThat(fixture.server.takeRequest(AT_MOST).isStreaming()).isTrue();
    }

    @Test
    void allEventsComeOnTheSubscribersContextWhereverDemandComesFrom() throws InterruptedException {
        fixture.server.enqueue(Answer.text(JSON));
        ContextInternal context = ((VertxInternal) fixture.vertx).createEventLoopContext().duplicate();
        CountDownLatch asked = new CountDownLatch(1);
        Queue<Context> contexts = new ConcurrentLinkedQueue<>();
        AssertSubscriber<LlmEvent> subscriber = AssertSubscriber.create(0);
        Multi<LlmEvent> events = provider().parseStream(REQUEST, Place.class)
                .onItem().invoke(() -> contexts.add(Vertx.currentContext()));
        context.runOnContext(there -> {
            events.subscribe().withSubscriber(subscriber);
            asked.countDown();
        });
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        for (int i = 1; !(subscriber.getLastItem() instanceof ResponseCompleted); i++) {
            subscriber.awaitNextItem(AT_MOST);
            assertThat(subscriber.getItems()).hasSize(i);
        }

        subscriber.awaitCompletion(AT_MOST);
        assertThat(contexts).hasSameSizeAs(subscriber.getItems()).containsOnly(context);
    }

    @Test
    void onlyWhatIsAskedForIsRead() {
        fixture.server.enqueue(Answer.endless());
        AssertSubscriber<LlmEvent> subscriber = provider().parseStream(REQUEST, Place.class).subscribe()
                .withSubscriber(AssertSubscriber.create(5));

        subscriber.awaitItems(5, AT_MOST);
        RecordedRequest request = fixture.server.takeRequest(AT_MOST);
        long[] written = { -1 };
        await().atMost(AT_MOST).pollInterval(Duration.ofMillis(200)).until(() -> {
            long before = written[0];
            written[0] = request.bytesWritten();
            return before == written[0];
        });

        assertThat(subscriber.getItems()).hasSize(5);
        subscriber.request(100_000);
        await().atMost(AT_MOST).until(() -> request.bytesWritten() > written[0]);
        subscriber.cancel();
    }

    @Test
    void anAnswerThatDoesNotFitIsAFailureInPlaceOfTheEnd() {
        LlmDecodeException failure = failure(Answer.text("{\"country\": null}"), LlmDecodeException.class);

        assertThat(failure.path()).contains("$.name");
        assertThat(failure.partial()).isPresent();
    }

    @Test
    void aRefusalIsAFailure() {
        assertThat(failure(Answer.empty().thenRefusal("I must ", "not."), LlmRefusalException.class).refusal())
                .isEqualTo("I must not.");
    }

    @Test
    void anAnswerAtItsTokenLimitIsAFailure() {
        assertThat(failure(Answer.text(JSON).finishReason("length"), LlmIncompleteException.class).reason())
                .isEqualTo("max_output_tokens");
    }

    @Test
    void toolCallsAreAFailureWithTheCalls() {
        LlmIncompleteException failure = failure(Answer.toolCall("call_1", "find", "{}"), LlmIncompleteException.class);

        assertThat(failure.reason()).isEqualTo(LlmIncompleteException.TOOL_CALLS);
        assertThat(failure.partial().orElseThrow().toolCalls()).hasSize(1);
    }

    @Test
    void aStreamThatIsCutFailsAsAnyOther() {
        failure(Answer.text(JSON).with(Fault.dropAfterEvents(2)), LlmTruncatedStreamException.class);
    }

    @Test
    void cancellingClosesTheExchange() {
        AssertSubscriber<LlmEvent> subscriber = stream(Answer.endless()).awaitItems(3, AT_MOST);

        subscriber.cancel();

        fixture.assertClosedByUs();
    }

    @Test
    void aRequestWithAnotherFormatIsNotSent() {
        LlmRequest request = REQUEST.toBuilder().outputFormat(OutputFormat.TEXT).build();

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> provider().parse(request, Place.class).await().atMost(AT_MOST));
        subscribe(provider().parseStream(request, Place.class)).awaitFailure(AT_MOST)
                .assertFailedWith(IllegalArgumentException.class);
        assertThat(fixture.server.requests()).isEmpty();
    }
}
