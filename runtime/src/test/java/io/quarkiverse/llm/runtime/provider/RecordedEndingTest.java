package io.quarkiverse.llm.runtime.provider;

import static io.quarkiverse.llm.runtime.provider.WireFixture.AT_MOST;
import static io.quarkiverse.llm.runtime.provider.WireFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.json.JsonObject;

/** How the recording of an exchange ends, and that its replay ends so again. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordedEndingTest {

    private final WireFixture fixture = new WireFixture();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        fixture.close();
    }

    private TestSettings recorded() {
        return fixture.settings().record(directory);
    }

    private AssertSubscriber<LlmEvent> stream(Answer answer) {
        return stream(answer, recorded());
    }

    private AssertSubscriber<LlmEvent> stream(Answer answer, TestSettings settings) {
        fixture.server.enqueue(answer);
        return fixture.subscribe(fixture.provider(settings));
    }

    private UniAssertSubscriber<LlmResponse> complete(Answer answer) {
        fixture.server.enqueue(answer);
        return fixture.provider(recorded()).complete(REQUEST).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private Path folder() {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.reduce((one, other) -> {
                throw new AssertionError("more than one exchange");
            }).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The last line of the only recording, when it has one that is no arrival. */
    private String ending() {
        return await().atMost(AT_MOST).ignoreExceptions().until(() -> {
            List<String> lines = Files.readAllLines(folder().resolve("timing.txt"));
            String last = lines.get(lines.size() - 1);
            return last.substring(last.indexOf(' ') + 1);
        }, what -> !what.equals("head") && !Character.isDigit(what.charAt(0)) && !what.startsWith("milliseconds"));
    }

    private LlmException replayed(TestSettings settings) {
        AssertSubscriber<LlmEvent> replay = stream(Answer.recording(folder()), settings);
        return (LlmException) replay.awaitFailure(AT_MOST).getFailure();
    }

    @Test
    void anErrorStatusHasAnEndLikeAnyAnswer() {
        stream(Answer.error(401, "no")).awaitFailure(AT_MOST);

        assertThat(ending()).isEqualTo("end");
    }

    @Test
    void anErrorStatusOfAWholeAnswerHasAnEndToo() {
        complete(Answer.error(429, "slow down")).awaitFailure(AT_MOST);

        assertThat(ending()).isEqualTo("end");
    }

    @Test
    void aWholeAnswerThatCannotBeReadHasAnEndToo() {
        complete(Answer.raw("application/json", "{\"choices\":".getBytes())).awaitFailure(AT_MOST);

        assertThat(ending()).isEqualTo("end");
    }

    @Test
    void anEventThatCannotBeReadIsAFailureOfTheAnswer() {
        stream(Answer.sse("data: {\"choices\"\n\n").with(Fault.stallAfterEvents(1))).awaitFailure(AT_MOST);

        assertThat(ending()).startsWith("failed answer Provider 'test': ");
    }

    @Test
    void anErrorWithinAStreamIsAFailureOfTheAnswer() {
        Answer broken = Answer.text("a").thenErrorFrame(new JsonObject().put("error", "out of memory"));
        stream(broken.with(Framing.DONE_THEN_OPEN)).awaitFailure(AT_MOST);

        assertThat(ending()).startsWith("failed answer ").contains("out of memory");
        assertThat(replayed(fixture.settings())).isInstanceOf(LlmServerException.class);
    }

    @Test
    void aSubscriberThatCancelsIsNoFailure() {
        AssertSubscriber<LlmEvent> subscriber = stream(Answer.endless());
        subscriber.awaitNextItems(2, AT_MOST);
        subscriber.cancel();

        assertThat(ending()).isEqualTo("cancelled");
    }

    @Test
    void aCancelledStreamIsReplayedAsOneThatGoesOn() {
        AssertSubscriber<LlmEvent> subscriber = stream(Answer.text("a", "b").with(Fault.stallAfterEvents(2)));
        subscriber.awaitNextItems(2, AT_MOST);
        subscriber.cancel();

        assertThat(ending()).isEqualTo("cancelled");
        assertThat(replayed(fixture.settings().idle(Duration.ofMillis(100)))).isInstanceOf(LlmTimeoutException.class);
    }

    @Test
    void aStallIsReplayedAsOne() {
        TestSettings hurried = recorded().idle(Duration.ofMillis(100));
        stream(Answer.text("a", "b").with(Fault.stallAfterEvents(2)), hurried).awaitFailure(AT_MOST);

        assertThat(ending()).startsWith("failed timeout Provider 'test': the stream");
        assertThat(replayed(fixture.settings().idle(Duration.ofMillis(100)))).isInstanceOf(LlmTimeoutException.class);
    }

    @Test
    void aStallBeforeTheAnswerIsReplayedAsOne() {
        TestSettings hurried = recorded().firstEvent(Duration.ofMillis(100));
        stream(Answer.text("a").with(Fault.stallBeforeHead()), hurried).awaitFailure(AT_MOST);

        assertThat(ending()).startsWith("failed timeout Provider 'test': no event");
        assertThat(replayed(fixture.settings().firstEvent(Duration.ofMillis(100)))).isInstanceOf(LlmTimeoutException.class);
    }

    @Test
    void aDropIsReplayedAsOne() {
        stream(Answer.text("a", "b").with(Fault.dropAfterEvents(2))).awaitFailure(AT_MOST);

        assertThat(ending()).startsWith("failed connection Provider 'test': the connection");
        assertThat(replayed(fixture.settings())).isInstanceOf(LlmTruncatedStreamException.class);
    }

    @Test
    void anAnswerThatIsTooLongIsNeitherSilenceNorABrokenConnection() {
        stream(Answer.endless(), recorded().sizes(1000, 5000)).awaitFailure(AT_MOST);

        assertThat(ending()).startsWith("failed answer Provider 'test': the answer").contains("max-response-size");
    }
}
